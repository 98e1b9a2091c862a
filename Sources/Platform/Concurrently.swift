import Dispatch
import Synchronization

/// Several things at once.
public enum Concurrently {
  /// Does all of `works`, side by side as far as there are cores; throws the error of the first one
  /// that failed.
  public static func perform<Failure: Error>(
    _ works: [@Sendable () throws(Failure) -> Void]
  ) throws(Failure) {
    let failures = Mutex<[Int: Failure]>([:])
    DispatchQueue.concurrentPerform(iterations: works.count) { index in
      do throws(Failure) {
        try works[index]()
      } catch {
        failures.withLock { $0[index] = error }
      }
    }
    if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
  }
}
