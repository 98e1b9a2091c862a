import Platform

extension RunFolder {
  /// What the records amount to, writing nothing.
  public func results() throws(InputError) -> Results {
    try Results(
      experiment: plan.experiment, records: recordsInOrder, missing: isComplete ? [] : missing)
  }

  /// Sums the records up and writes everything that a run leaves.
  public func finish() throws(InputError) -> Results {
    let results = try results()
    try order()
    try save(results)
    return results
  }

  /// Writes what the records amount to.
  public func save(_ results: Results) throws(InputError) {
    try write(results.summary.csv, to: .summary)
    try write(JudgedClaim.csv(results.claims), to: .claims)
  }

  /// Puts the files in the plan's order once they are complete.
  public func order() throws(InputError) {
    guard isComplete else { return }
    let texts: [(File, @Sendable () -> String?)] = [
      // Who only reads the folder knows no more of its sessions than what stands there.
      (.provenance, { lock == nil ? nil : provenance?.json }),
      (.trials, { trialsInOrder }),
      (.curves, { curveFile?.csv(in: plan) }),
      (.certificates, { certificateFile?.csv(in: plan) }),
      (.timings, { timingsInOrder }),
    ]
    // All but the last wait for the disk; the first has the least to write before it does.
    let failures = Concurrently.map(texts) { file, text -> InputError? in
      do throws(InputError) {
        if let text = text() { try write(text, to: file) }
        return nil
      } catch {
        return error
      }
    }
    for case let failure? in failures { throw failure }
  }

  private var trialsInOrder: String {
    let all = plan.trials.compactMap { trial in
      lines[trial.key] ?? records[trial.key].map { CSV.line($0.fields) }
    }
    return CSV.line(Record.columns) + all.joined()
  }

  var timingsInOrder: String {
    CSV.line(Timing.columns) + plan.trials.map { timings[$0.key]?.line($0.key) ?? "" }.joined()
  }
}
