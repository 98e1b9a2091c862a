/// What solved trainings have in common of which one network is kept: that of the lowest seed.
package struct SolvedSetting: Hashable, Sendable {
  /// The arm.
  package let arm: String
  /// The inputs, n.
  package let bits: Int
  /// The hidden layers.
  package let depth: Int
  /// The hidden units.
  package let units: UInt128

  /// A setting by its parts.
  package init(arm: String, bits: Int, depth: Int, units: UInt128) {
    (self.arm, self.bits, self.depth, self.units) = (arm, bits, depth, units)
  }

  /// The setting of a record; nil where it is not that of a solved training.
  package init?(_ record: Record) {
    guard record.family == .trained, record.outcome == .solved else { return nil }
    self.init(
      arm: record.arm, bits: record.bits, depth: record.depth, units: record.units ?? 0)
  }

  /// Of each setting the solved training with the lowest seed; of several the first key.
  package static func lowest(_ records: some Sequence<Record>) -> [SolvedSetting: Record] {
    var lowest: [SolvedSetting: Record] = [:]
    for record in records {
      guard let setting = SolvedSetting(record) else { continue }
      if let other = lowest[setting], other.precedes(record) { continue }
      lowest[setting] = record
    }
    return lowest
  }
}

extension Record {
  /// Whether its network is kept before that of another record of the same setting.
  package func precedes(_ other: Record) -> Bool {
    (seed ?? 0, key) < (other.seed ?? 0, other.key)
  }
}
