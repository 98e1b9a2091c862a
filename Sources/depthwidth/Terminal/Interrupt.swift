import Foundation

/// Ctrl-C during a run: what is finished is on disk, so the run may end at once.
struct Interrupt {
  private let source: any DispatchSourceSignal

  /// Calls `handler` on the main queue, between two records, and exits with 130.
  init(_ handler: @escaping @MainActor () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .main)
    source.setEventHandler {
      MainActor.assumeIsolated(handler)
      exit(ExitStatus.interrupted.rawValue)
    }
    source.resume()
  }

  /// Gives Ctrl-C its usual meaning back.
  func cancel() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
