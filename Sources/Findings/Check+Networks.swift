import Experiments
import Networks
import Parity
import Runs

extension Check {
  /// How the networks behind the minima differ from the published ones: in the header, or in the
  /// first number that is another one.
  ///
  /// Those of trials that are not run again are judged as they stand.
  func networkDifferences(
    _ found: [String: Finished], _ others: [String: Record], _ results: Results
  ) -> [RowDifference] {
    let records = plan.trials.compactMap { found[$0.key]?.record ?? others[$0.key] }
    let kept = KeptNetworks(results.summary, records, keepingAll: plan.armsKeepingWeights)
    let published = Dictionary(
      (publishedNetworks ?? []).map { ($0.key, $0) }
    ) { first, _ in first }
    var differences: [RowDifference] = []
    let trials = kept.trials(of: plan)
    for (trial, minima) in trials {
      let subject = CheckedSubject.trials(arm: trial.arm, bits: trial.bits)
      func add(_ kind: RowDifference.Kind) {
        differences.append(
          RowDifference(subject: subject, file: .networks, key: trial.key, line: 1, kind: kind))
      }
      guard let certificate = published[trial.key] else {
        add(.unpublished)
        continue
      }
      let record = found[trial.key]?.record ?? others[trial.key]
      let cells = certificate.differences(
        from: trial, found[trial.key]?.network, minima, margin: record?.margin)
      if !cells.isEmpty { add(.cells(cells)) }
    }
    let keys = Set(trials.map(\.trial.key))
    for certificate in publishedNetworks ?? [] where !keys.contains(certificate.key) {
      let trial = plan.trials.first { $0.key == certificate.key }
      differences.append(
        RowDifference(
          subject: .trials(arm: trial?.arm ?? certificate.key, bits: certificate.task.bits),
          file: .networks, key: certificate.key, line: 1, kind: .unplanned))
    }
    return differences
  }
}

extension NetworkCertificate {
  /// What is published of a network and is not so; without a network that was trained again, whether
  /// its numbers have the margin that is stated.
  fileprivate func differences(
    from trial: TrainingTrial, _ trained: Network?, _ minima: [Minimum], margin: Double?
  ) -> [RowDifference.Cell] {
    func cell(_ name: String, _ found: String, _ published: String) -> [RowDifference.Cell] {
      found == published
        ? [] : [RowDifference.Cell(column: name, found: found, published: published)]
    }
    let stale = headerDifferences(from: trial, minima)
    guard stale.isEmpty else { return stale }
    let stated = cell("margin", margin.map { "\($0)" } ?? "", "\(self.margin)")
    guard let trained else {
      let judged = network.check(task, coding: coding, rows: 0..<task.rowCount)
      let isRight = judged.solvedRows == judged.rows
      return stated + cell("margin", isRight ? "\(judged.margin)" : "", "\(self.margin)")
        + cell("hash", fingerprint, self.stated)
    }
    return stated + firstDifference(from: trained)
      + cell("hash", NetworkCertificate.fingerprint(of: trained), self.stated)
  }

  /// The first number that is another one than in `trained`, a network of the same shape.
  private func firstDifference(from trained: Network) -> [RowDifference.Cell] {
    for (name, shape, range) in Self.shapes("", network.architecture) {
      for index in range
      where trained.parameters[index].bitPattern != network.parameters[index].bitPattern {
        let place = index - range.lowerBound
        let width = shape.count == 2 ? shape[1] : 1
        let entry = shape.count == 2 ? "\(place / width),\(place % width)" : "\(place)"
        return [
          RowDifference.Cell(
            column: "\(name.dropFirst())[\(entry)]", found: "\(trained.parameters[index])",
            published: "\(network.parameters[index])")
        ]
      }
    }
    return []
  }
}
