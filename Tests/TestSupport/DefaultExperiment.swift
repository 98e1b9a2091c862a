import Foundation

/// The experiment that runs when none is named.
package enum DefaultExperiment {
  /// Its file, found from this one: Tests/ExperimentsTests/ lies two folders below the package.
  package static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("experiments/claim/experiment.json5").path
}
