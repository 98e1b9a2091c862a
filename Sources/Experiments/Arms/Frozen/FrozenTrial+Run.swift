import Networks
import Parity
import Training

extension FrozenTrial {
  /// Searches by bisection; the record says what was found, the certificates why it is true.
  package func run() -> Finished {
    let labels = labelOfRows
    switch features.minimumCount(labels: labels, within: range) {
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
    Finished(record, certificates: keepsCertificates ? certificates : [])
  }

  /// The certificates that go with a record of this trial: their sides and numbers of units.
  package func certificates(of record: Record) -> [(side: Certificate.Side, units: Int)] {
    guard keepsCertificates, let units = record.units.map({ Int($0) }) else { return [] }
    return record.outcome == .solved
      ? [(.weights, units), (.refutation, units - 1)] : [(.refutation, units)]
  }

  /// Whether a record can speak of so many units; nil stands for a search that was not decided.
  func isPossible(_ units: UInt128?) -> Bool {
    units.map { (1...UInt128(range.upperBound)).contains($0) } ?? true
  }

  /// What the record of this trial must be, given what the search left in `record`.
  func record(like record: Record) -> Record {
    let isFound = record.outcome == .solved
    return self.record(
      isFound ? .solved : .budget,
      // What was not found was not within all of the units allowed.
      units: record.units.map { isFound ? Int($0) : range.upperBound },
      margin: isFound ? record.margin ?? 0 : nil, isRefuted: record.refutedUnits != nil)
  }

  private func record(
    _ outcome: Record.Outcome, units: Int?, margin: Double? = nil, isRefuted: Bool = false
  ) -> Record {
    let architecture = units.map {
      Architecture(inputs: features.bits, hidden: [$0], activation: features.activation)
    }
    let isFound = outcome == .solved
    return Record(
      key: key, arm: arm, family: .frozen, bits: features.bits, relevant: features.bits, depth: 1,
      widths: architecture?.widths ?? "", connections: Connections.sequential.rawValue,
      units: units.map { UInt128($0) }, parameters: architecture?.parameters,
      activation: features.activation.rawValue, seed: seed, outcome: outcome,
      rows: features.rowCount, solvedRows: isFound ? features.rowCount : nil,
      initialization: "normal", coding: InputCoding.plusMinusOne.rawValue,
      construction: labels.rawValue, margin: margin,
      refutedUnits: isRefuted ? units.map { isFound ? $0 - 1 : $0 } : nil)
  }
}

extension Refutation.Proof {
  /// Whether it rules out every weight.
  package var isExact: Bool {
    if case .exact = self { true } else { false }
  }
}
