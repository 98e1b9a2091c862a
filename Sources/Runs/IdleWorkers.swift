import Dispatch
import Platform
package import Training

/// Workers without a trial, who help with the large tables of the trainings that are left.
///
/// A training hands out the parts of its table in every epoch. Whoever is idle takes one, works on it
/// and takes the next; the training's own thread does the same, and waits for the others' last.
package final class IdleWorkers: Sendable {
  /// The workers of the run, idle or not.
  private let workers: Int
  private let state = Guarded(State())
  /// Wakes a worker who has nothing to help with.
  private let wake = DispatchSemaphore(value: 0)

  private struct State {
    var tables: [SharedTable] = []
    var helpers = 0
    var sleeping = 0
    /// How often those who help were sent home.
    var recalls = 0
    var isOver = false
  }

  /// A table that is being shared; the state's lock guards it.
  private final class SharedTable: @unchecked Sendable {
    var parts = 0
    /// The first part that nobody has taken.
    var next = 0
    /// The parts that others than the training work on.
    var lent = 0
    /// Whether a member of the crew works on a part; the training's own thread is the first.
    var isBusy: [Bool] = []
    var isAwaited = false
    var work: (_ part: Int, _ member: Int) -> Void = { _, _ in }
    /// Wakes the training when the last part that was lent is done.
    let ended = DispatchSemaphore(value: 0)

    /// Does a part.
    ///
    /// Nothing holds the work when this is over: it lives as long as the training shares it.
    @inline(never)
    func work(on part: Int, _ member: Int) { work(part, member) }

    /// The next part and the number of a member without one, for a helper; nil where all parts are
    /// taken, or all members busy.
    func lend() -> (part: Int, member: Int)? {
      guard let member = isBusy.indices.dropFirst().first(where: { !isBusy[$0] }),
        let part = take()
      else { return nil }
      isBusy[member] = true
      lent += 1
      return (part, member)
    }

    /// The next part, unless all are taken.
    func take() -> Int? {
      guard next < parts else { return nil }
      next += 1
      return next - 1
    }
  }

  package init(workers: Int) { self.workers = workers }

  /// A crew of the calling thread and of those who are idle at the time.
  package var crew: Crew {
    guard workers > 1 else { return .alone }
    let table = SharedTable()
    return Crew(size: workers) { parts, work in
      withoutActuallyEscaping(work) { work in self.share(table, parts, work) }
    }
  }

  private func share(
    _ table: SharedTable, _ parts: Int, _ work: @escaping (_ part: Int, _ member: Int) -> Void
  ) {
    let woken = state.withLock { state in
      (table.parts, table.next, table.work) = (parts, 0, work)
      let members = min(workers, parts)
      if table.isBusy.count != members {
        table.isBusy = Array(repeating: false, count: members)
      }
      guard state.helpers > 0 else { return 0 }
      state.tables.append(table)
      let woken = min(state.sleeping, parts - 1)
      state.sleeping -= woken
      return woken
    }
    for _ in 0..<woken { wake.signal() }
    while let part = state.withLock({ _ in table.take() }) { work(part, 0) }
    let waits = state.withLock { state in
      state.tables.removeAll { $0 === table }
      table.isAwaited = table.lent > 0
      return table.isAwaited
    }
    if waits { table.ended.wait() }
    state.withLock { _ in table.work = { _, _ in } }
  }

  /// Helps until ``recall()`` or ``end()``, on a thread of its own: the threads of tasks are no more than
  /// there are cores, and must not wait.
  package func help() async {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "idle worker").async {
        self.helpHere()
        continuation.resume()
      }
    }
  }

  private func helpHere() {
    let recalls = state.withLock { state in
      state.helpers += 1
      return state.recalls
    }
    while true {
      let (taken, goesHome) = state.withLock { state in
        guard !state.isOver, state.recalls == recalls else {
          state.helpers -= 1
          return (nil as (SharedTable, Int, Int)?, true)
        }
        for table in state.tables {
          guard let (part, member) = table.lend() else { continue }
          return ((table, part, member), false)
        }
        state.sleeping += 1
        return (nil, false)
      }
      if let (table, part, member) = taken {
        table.work(on: part, member)
        giveBack(table, member)
      } else if goesHome {
        return
      } else {
        wake.wait()
      }
    }
  }

  private func giveBack(_ table: SharedTable, _ member: Int) {
    let isLast = state.withLock { _ in
      table.isBusy[member] = false
      table.lent -= 1
      guard table.lent == 0, table.isAwaited else { return false }
      table.isAwaited = false
      return true
    }
    if isLast { table.ended.signal() }
  }

  /// Sends home those who help now: there are trials for them again.
  package func recall() { wakeAll { $0.recalls += 1 } }

  /// Ends the run: no training is left.
  package func end() { wakeAll { $0.isOver = true } }

  private func wakeAll(_ change: (inout State) -> Void) {
    let sleeping = state.withLock { state in
      change(&state)
      defer { state.sleeping = 0 }
      return state.sleeping
    }
    for _ in 0..<sleeping { wake.signal() }
  }
}
