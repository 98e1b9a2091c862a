import Platform
import Runs

/// How often a trial leaves a checkpoint.
enum CheckpointInterval {
  /// The seconds between two; tests set others in the environment.
  static var seconds: Double {
    let text = Machine.environment("DEPTHWIDTH_CHECKPOINT_SECONDS") ?? ""
    return Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? Flights.interval
  }
}
