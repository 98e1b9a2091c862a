extension RunFolder {
  /// What the records amount to, writing nothing.
  public func results() throws(InputError) -> Results {
    try results(of: recordsInOrder)
  }

  private func results(of records: [Record]) throws(InputError) -> Results {
    try Results(
      experiment: plan.experiment, records: records, missing: isComplete ? [] : missing)
  }

  /// Puts the files in the plan's order once they are complete, and sums them up.
  public func finish() throws(InputError) -> Results {
    let records = recordsInOrder
    let results = try results(of: records)
    if isComplete { try order(records) }
    try write(results.summary.csv, to: .summary)
    try write(JudgedClaim.csv(results.claims), to: .claims)
    return results
  }

  /// Puts the files of a complete part of a plan in its order.
  public func finishPart() throws(InputError) {
    if isComplete { try order(recordsInOrder) }
  }

  private func order(_ records: [Record]) throws(InputError) {
    if let curveFile { try write(curveFile.csv(in: plan), to: .curves) }
    if let certificateFile { try write(certificateFile.csv(in: plan), to: .certificates) }
    try write(timingsInOrder, to: .timings)
    try write(CSV.line(Record.columns) + records.map { CSV.line($0.fields) }.joined(), to: .trials)
  }

  var timingsInOrder: String {
    CSV.line(Timing.columns) + plan.trials.map { timings[$0.key]?.line($0.key) ?? "" }.joined()
  }
}
