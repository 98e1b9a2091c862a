import Experiments
import Platform
public import Tables

extension RunFolder {
  /// Puts the files in the plan's order once they are complete.
  public func order() throws(InputError) {
    guard isComplete else { return }
    if lock != nil { checkpoints.removeIfEmpty() }
    typealias Text = @Sendable () -> String?
    var texts: [(File, Text)] = [
      // Who only reads the folder knows no more of its sessions than what stands there.
      (.provenance, { lock == nil ? nil : provenance?.json }),
      // Its lines need no order: nothing of the file is published.
      (.networkLog, { nil }),
      (.trials, { trialsInOrder }),
    ]
    for file in companionFiles {
      texts.append((File(rawValue: file.companion.name), { file.csv(in: plan) }))
    }
    texts.append((.timings, { timingsInOrder }))
    // All but the last wait for the disk; the first has the least to write before it does.
    let failures = Concurrently.map(texts) { file, text -> InputError? in
      do throws(InputError) {
        if file == .networkLog { try networks.flush() }
        if let text = text() { try write(text, to: file) }
        return nil
      } catch {
        return error
      }
    }
    for case let failure? in failures { throw failure }
  }

  /// trials.csv with the records that are there.
  var trialsInOrder: String {
    let all = plan.trials.compactMap { trial in
      lines[trial.key] ?? records[trial.key].map { CSV.line($0.fields) }
    }
    return CSV.line(Record.format.names) + all.joined()
  }

  var timingsInOrder: String {
    Timing.format.csv(plan.trials.compactMap { timings[$0.key] })
  }
}
