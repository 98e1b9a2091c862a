public import Experiments
import Platform
public import Tables
import Training

/// The trials on their way, which are asked for checkpoints from time to time, and for the end when a
/// run stops.
public final class Flights: Sendable {
  /// The seconds between two checkpoints of a trial, and before its first.
  public static let interval = 20.0

  private let folder: CheckpointFolder?
  private let interval: Double
  private let state = Guarded(State())

  private struct State {
    var flights: [ObjectIdentifier: Flight] = [:]
    /// How much of a trial was done when it began here, where it went on from a checkpoint.
    var resumed: [String: Int] = [:]
    var stop: (began: ContinuousClock.Instant, grace: Double)?
    var notices: [String] = []
    var failure: InputError?
    /// The trials that were ended.
    var ended = 0
  }

  /// Trials that leave their checkpoints in `folder`, or none without a folder.
  public init(checkpoints folder: CheckpointFolder? = nil, every interval: Double = interval) {
    self.folder = folder
    self.interval = interval
  }

  /// Does the work of a trial on this thread, from its checkpoint on if it has one; nil where it was
  /// ended.
  ///
  /// The crew shares its large tables.
  func finish(_ trial: any Trial, _ crew: Crew = .alone) -> Finished? {
    let flight = Flight(trial, from: folder?.found[trial.key])
    let id = ObjectIdentifier(flight)
    state.withLock { state in
      state.flights[id] = flight
      if let start = flight.start { state.resumed[trial.key] = start.done }
      // A stop that came before is heard of all the same.
      if state.stop != nil { flight.askForEnd() }
    }
    let watcher = flight.watcher(
      crew: crew, keep: { self.write($0) }, refuse: { self.refuse(trial.key) })
    var finished = trial.finish(watcher)
    let seconds = flight.seconds
    finished?.timing = Timing(
      trial.key, wallSeconds: seconds.wall, cpuSeconds: seconds.cpu)
    state.withLock { state in
      // One that was ended stays where it is: the share of the work does not go back.
      if finished == nil { state.ended += 1 } else { state.flights[id] = nil }
    }
    return finished
  }

  private func write(_ file: CheckpointFile) {
    note { () throws(InputError) in try folder?.write(file) }
  }

  private func refuse(_ key: String) {
    note { () throws(InputError) in
      guard let sentence = try folder?.refuse(key) else { return }
      state.withLock { $0.notices.append(sentence) }
    }
  }

  private func note(_ body: () throws(InputError) -> Void) {
    do {
      try body()
    } catch {
      state.withLock { $0.failure = error }
    }
  }

  /// Asks for what is due; to be called some times a second.
  ///
  /// Trials that have been on their way for longer than the grace end at once when the run stops; the
  /// others have half of it to finish.
  public func tick() {
    let (flights, stop) = state.withLock { (Array($0.flights.values), $0.stop) }
    for flight in flights {
      if folder != nil { flight.askForCheckpoint(after: interval) }
      guard let stop else { continue }
      let waited = Flight.seconds(since: stop.began)
      if flight.age > stop.grace || waited >= stop.grace / 2 { flight.askForEnd() }
    }
  }

  /// Ends the trials within so many seconds.
  public func stop(within grace: Double) {
    state.withLock { $0.stop = $0.stop ?? (.now, grace) }
    tick()
  }

  /// The sentences about checkpoints since they were last taken; throws where one cannot be written.
  public func takeNotices() throws(InputError) -> [String] {
    let (notices, failure) = state.withLock { state in
      defer { (state.notices, state.failure) = ([], nil) }
      return (state.notices, state.failure)
    }
    if let failure { throw failure }
    return notices
  }

  /// The trials that were ended on their way.
  public var ended: Int { state.withLock(\.ended) }

  /// How much of each trial was done before, where one went on from a checkpoint.
  public var resumed: [String: Int] { state.withLock(\.resumed) }

  /// The trials that are on their way now, or were when they were ended.
  public var positions: [Position] {
    let flights = state.withLock { Array($0.flights.values) }
    return flights.map {
      Position(trial: $0.trial, done: $0.done, right: $0.right, loss: $0.loss, age: $0.age)
    }
  }

  /// Asks the longest trial on its way for its loss, where that was last done so many seconds ago.
  public func askForLoss(after seconds: Double) {
    let flights = state.withLock { Array($0.flights.values) }
    flights.max { $0.age < $1.age }?.askForLoss(after: seconds)
  }

  /// Where a trial is.
  public struct Position: Sendable {
    /// The trial.
    public let trial: any Trial
    /// How much is done, in the unit of the trial's work.
    public let done: Int
    /// The rows that are right; 0 where that is not known.
    public let right: Int
    /// The loss, where it is known.
    public let loss: Double?
    /// The seconds since it was begun here.
    public let age: Double
  }
}
