import Parity
import Tables

/// One row of the results to be, completely described: running it needs nothing else.
public protocol Trial: Sendable {
  /// Identifies the trial within its experiment, made of what varies within an arm.
  var key: String { get }
  /// The arm it belongs to.
  var arm: String { get }
  /// The number of inputs, n.
  var bits: Int { get }
  /// The most epochs it can spend, over all starts; 0 where nothing is trained.
  var mostEpochs: Int { get }
  /// The seconds of one core that it takes with so many epochs, on the machine of the published
  /// results.
  func seconds(epochs: Double) -> Double
  /// The bytes a running trial holds.
  var memory: Int { get }
  /// Everything beside the key that decides the result, with the revisions of the kernels it uses.
  var settings: String { get }
  /// What is known of the record before the work; its epochs are the budget.
  var outline: Record { get }

  /// What it counts while it is on its way.
  var work: TrialWork { get }

  /// Does the work and says what came of it; nil where the watcher ended it.
  ///
  /// A pure function of the trial: no clock, no other trial and no machine reaches the result.
  func finish(_ watcher: TrialWatcher?) -> Finished?

  /// What the record of this trial must be, given what the work left in `record`.
  func record(like record: Record) -> Record
}

extension Trial {
  /// Does the work from its beginning to its end.
  public func finish() -> Finished {
    guard let finished = finish(nil) else { preconditionFailure("nobody ended \(key)") }
    return finished
  }

  /// The share of the work that is done, of what takes so many seconds.
  public func share(done: Int, of seconds: Double) -> Double {
    let share =
      work.unit == .epochs
      ? self.seconds(epochs: Double(done)) / seconds : Double(done) / Double(max(work.count, 1))
    return min(max(share, 0), 1)
  }

  /// The record of the finished trial.
  public func run() -> Record { finish().record }

  package var mostEpochs: Int { 0 }

  /// The seconds it takes where it spends all its epochs.
  public var mostSeconds: Double { seconds(epochs: Double(mostEpochs)) }

  /// The hash of everything that decides the result.
  package var settingsHash: String {
    FNV1a.digits(of: Array("\(key) \(settings)".utf8))
  }

  /// The first column in which `record` does not say what this trial's record must, with what it must
  /// hold; nil if there is none.
  package func correction(of record: Record) -> (column: String, field: String)? {
    let expected = self.record(like: record)
    guard expected != record else { return nil }
    let fields = zip(Record.unsealed(expected.fields), Record.unsealed(record.fields))
    return zip(Record.format.names, fields).first { $1.0 != $1.1 }.map { ($0, $1.0) }
  }
}
