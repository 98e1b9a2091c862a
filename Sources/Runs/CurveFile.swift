import Experiments
import Tables

extension CompanionFile where Entry == CurvePoint {
  /// Reads the file, writing nothing; every record of a trial with a curve must have it whole.
  init(
    reading path: String, of plan: Plan, records: [String: Record], remedy: String
  ) throws(InputError) {
    let document = CSV.parse(try FileText.contents(of: path))
    var curves: [String: [CurvePoint]] = [:]
    let known = Set(plan.trials.filter(\.recordsCurve).map(\.key))
    for row in try document.rows(under: CurvePoint.columns, file: path) {
      let point = try CurvePoint(row, file: path)
      guard known.contains(point.key) else {
        throw InputError(
          path, at: "line \(row.line)",
          .foreign(
            found: "the key \"\(point.key)\"", expected: "keys of trials with a curve",
            remedy: remedy))
      }
      if records[point.key] != nil { curves[point.key, default: []].append(point) }
    }
    for key in known {
      guard let record = records[key] else { continue }
      let curve = curves[key] ?? []
      guard curve.isWhole(of: record) else {
        throw InputError(
          path, at: key,
          .foreign(
            found: "another curve than that of its record",
            expected: "one from epoch 0 to \(record.epochs ?? 0)", remedy: remedy))
      }
    }
    self.init(path, curves)
  }
}

extension [CurvePoint] {
  /// Whether the curve goes from the start of a record's training to its end.
  fileprivate func isWhole(of record: Record) -> Bool {
    guard let last, first?.epoch == 0, last.epoch == record.epochs, last.loss == record.loss,
      let rows = record.trainRows, let solved = record.trainSolvedRows,
      last.accuracy == Double(solved) / Double(rows)
    else { return false }
    return zip(self, dropFirst()).allSatisfy { $0.epoch < $1.epoch }
  }
}
