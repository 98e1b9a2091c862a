import Networks
import Parity
import Training

extension FrozenTrial {
  /// Searches by bisection; the record says what was found, the certificates why it is true.
  package func finish(_ watcher: TrialWatcher?) -> Finished? {
    let labels = labelOfRows
    let start = watcher?.start { bytes in
      FrozenCheckpoint(bytes).flatMap { $0.fits(range, rows: features.rowCount) ? $0 : nil }
    }
    let found = features.minimumCount(labels: labels, within: range, from: start) { known in
      watcher?.goesOn(known.decisions) { known.bytes } ?? true
    }
    switch found {
    case nil:
      return nil
    case .found(let minimum):
      let matrix = features.matrix(units: minimum.units)
      let record = record(
        .solved, units: minimum.units, margin: minimum.separating.smallestLogit(matrix),
        isRefuted: minimum.proof?.isExact ?? false)
      return finished(
        record,
        [Certificate(key, weights: minimum.separating)]
          + (minimum.refutation.map {
            [Certificate(key, refutation: $0, units: minimum.units - 1)]
          } ?? []))
    case .notWithin(let refutation, let proof):
      let units = range.upperBound
      return finished(
        record(.budget, units: units, isRefuted: proof?.isExact ?? false),
        [Certificate(key, refutation: refutation, units: units)])
    case .undecided:
      return finished(record(.budget, units: nil), [])
    }
  }

  private func finished(_ record: Record, _ certificates: [Certificate]) -> Finished {
    Finished(
      record, companions: [Companion.certificates.name: certificates.flatMap(\.rows)])
  }

  /// The certificates that go with a record of this trial: their sides and numbers of units.
  package func certificates(of record: Record) -> [(side: Certificate.Side, units: Int)] {
    guard let units = record.units.map({ Int($0) }) else { return [] }
    return record.outcome == .solved
      ? [(.weights, units), (.refutation, units - 1)] : [(.refutation, units)]
  }

  package func record(like record: Record) -> Record {
    let isFound = record.outcome == .solved
    let possible = record.units.map { min(max(Int(clamping: $0), 1), range.upperBound) }
    return self.record(
      isFound ? .solved : .budget,
      // What was not found was not within all of the units allowed.
      units: isFound ? possible : record.units.map { _ in range.upperBound },
      margin: isFound ? record.margin ?? 0 : nil, isRefuted: record.refutedUnits != nil)
  }

  private func record(
    _ outcome: Record.Outcome, units: Int?, margin: Double? = nil, isRefuted: Bool = false
  ) -> Record {
    var record = outline
    record.outcome = outcome
    if let units {
      let architecture = Architecture(
        inputs: bits, hidden: [units], activation: features.activation)
      record.hidden = architecture.hidden
      record.units = UInt128(units)
      record.parameters = architecture.parameters
      if isRefuted { record.refutedUnits = outcome == .solved ? units - 1 : units }
    }
    record.solvedRows = outcome == .solved ? features.rowCount : nil
    record.margin = margin
    return record
  }

  package var outline: Record {
    Record(
      key: key, arm: arm, family: .frozen, bits: bits, relevant: bits, depth: 1,
      connections: Connections.sequential.rawValue, activation: features.activation.rawValue,
      seed: seed, rows: features.rowCount, initialization: "normal",
      coding: InputCoding.plusMinusOne.rawValue, construction: labels.rawValue,
      settings: settingsHash)
  }
}

extension Refutation.Proof {
  /// Whether it rules out every weight.
  package var isExact: Bool {
    if case .exact = self { true } else { false }
  }
}
