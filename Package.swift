// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "depth-versus-width",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "depthwidth", targets: ["depthwidth"])
  ],
  targets: [
    // MARK: The house: imports point one way, from the command down to the task.

    .executableTarget(name: "depthwidth", dependencies: ["Experiments", "Circuits", "Parity"]),
    .target(name: "Experiments", dependencies: ["Training", "Networks", "Circuits", "Parity"]),
    .target(name: "Training", dependencies: ["Networks", "Parity"]),
    .target(name: "Networks", dependencies: ["Parity"]),
    .target(name: "Circuits", dependencies: ["Parity"]),
    .target(name: "Parity"),

    // MARK: One test target per module.

    .testTarget(name: "ParityTests", dependencies: ["Parity"]),
    .testTarget(name: "CircuitsTests", dependencies: ["Circuits", "Parity"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "Parity"]),
    .testTarget(name: "TrainingTests", dependencies: ["Training", "Networks", "Parity"]),
    .testTarget(
      name: "ExperimentsTests", dependencies: ["Experiments", "Training", "Networks", "Parity"]),
    .testTarget(name: "CommandTests", dependencies: ["depthwidth", "Experiments"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
