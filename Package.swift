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

    .executableTarget(
      name: "depthwidth",
      dependencies: [
        "Benchmarks", "Findings", "Runs", "Experiments", "Circuits", "Networks", "Parity", "Tables",
        "Platform",
      ], plugins: ["SourceHash"]),
    .plugin(name: "SourceHash", capability: .buildTool(), path: "Sources/SourceHash"),
    .target(
      name: "Benchmarks",
      dependencies: [
        "Runs", "Experiments", "Training", "Networks", "Circuits", "Parity", "Platform",
      ]),
    .target(
      name: "Findings",
      dependencies: ["Runs", "Experiments", "Training", "Networks", "Parity", "Tables", "Platform"]),
    .target(
      name: "Runs",
      dependencies: [
        "Experiments", "Training", "Networks", "Circuits", "Parity", "Tables", "Platform",
      ]),
    .target(
      name: "Experiments",
      dependencies: ["Training", "Networks", "Circuits", "Parity", "Tables"]),
    .target(name: "Training", dependencies: ["Networks", "Parity"]),
    .target(name: "Networks", dependencies: ["Parity"]),
    .target(name: "Circuits", dependencies: ["Parity"]),
    .target(name: "Parity"),
    .target(name: "Tables", dependencies: ["Platform"]),
    .target(name: "Platform", dependencies: ["CPlatform"]),
    .target(name: "CPlatform"),

    // MARK: One test target per module.

    .target(
      name: "TestSupport",
      dependencies: ["Experiments", "Networks", "Circuits", "Parity", "Tables"],
      path: "Tests/TestSupport"),
    .testTarget(name: "PlatformTests", dependencies: ["Platform"]),
    .testTarget(name: "ParityTests", dependencies: ["Parity"]),
    .testTarget(name: "CircuitsTests", dependencies: ["Circuits", "Parity", "TestSupport"]),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "Parity"]),
    .testTarget(name: "TrainingTests", dependencies: ["Training", "Networks", "Parity"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Experiments", "Runs", "Findings", "Training", "Networks", "Circuits", "Parity", "Tables",
        "TestSupport",
      ]),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "Runs", "Findings", "Experiments", "Circuits", "Parity", "Tables", "Platform",
        "TestSupport",
      ]),
    .testTarget(
      name: "FindingsTests",
      dependencies: ["Findings", "Runs", "Experiments", "Parity", "Tables", "TestSupport"]),
    // These run the program, which swift test builds anyway: to depend on it would link what it
    // links into the tests.
    .testTarget(name: "CommandTests", dependencies: ["Experiments", "Tables", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .plugin {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}

// The kernels of these rooms are written for vector units and fused multiply-add; the package is a
// root package, so it may ask for what the machine has that it is built on (NEON is part of every
// arm64). The other flags let a square root become one instruction instead of a call that sets errno,
// and keep the vectorizer from tearing sums of vectors apart. None of them changes a result.
//
// DEPTHWIDTH_MARCH=x86-64-v3 builds for all machines with AVX2 and FMA, x86-64 for any, but slower.
let machine = Context.environment["DEPTHWIDTH_MARCH"] ?? "native"

for target in package.targets where ["Networks", "Training"].contains(target.name) {
  var flags = ["-Xcc", "-fno-math-errno", "-Xllvm", "-slp-vectorize-hor=false"]
  #if arch(x86_64)
    flags += ["-Xcc", "-march=\(machine)"]
  #endif
  target.swiftSettings?.append(.unsafeFlags(flags))
}

// On Linux the program has Swift's runtime inside: it starts in half the time, and runs where no Swift
// is installed. It stays where it was linked, since moving it takes the start of every run a while.
// DEPTHWIDTH_RUNTIME=dynamic links as usual, for a toolchain without static libraries.
#if os(Linux)
  if Context.environment["DEPTHWIDTH_RUNTIME"] != "dynamic" {
    for target in package.targets where target.type == .executable {
      target.linkerSettings = [.unsafeFlags(["-static-stdlib", "-Xclang-linker", "-no-pie"])]
    }
  }
#endif
