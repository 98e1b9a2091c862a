/// A circuit that cannot be made or checked as asked; the cases carry the facts.
public enum CircuitError: Error, Hashable, Sendable {
  /// The family has no circuit for so few inputs.
  case tooFewInputs(family: String, inputs: Int)
  /// A block circuit needs two levels or more.
  case tooShallow(depth: Int)
  /// Building would take more memory than allowed; `bytes` is nil where it exceeds 128 bits.
  case tooLarge(family: String, inputs: Int, bytes: UInt128?, limit: UInt128)
  /// There are more rows than can be enumerated in reasonable time, or than 64 bits can number.
  case tooManyRows(inputs: Int, limit: Int)
  /// The circuit and the task have different numbers of inputs.
  case differentInputs(circuit: Int, task: Int)
}

extension CircuitError: CustomStringConvertible {
  /// One sentence: what was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .tooFewInputs(let family, let inputs):
      "\(family) n=\(inputs): found \(inputs) inputs, expected 1 or more"
    case .tooShallow(let depth):
      "found a block circuit of depth \(depth), expected depth 2 or more"
    case .tooLarge(let family, let inputs, let bytes, let limit):
      "\(family) n=\(inputs) would take \(memory(bytes)), the limit is \(memory(limit)); "
        + "count it without building, or take fewer inputs"
    case .tooManyRows(let inputs, let limit):
      "2^\(inputs) rows cannot be checked one by one, expected \(limit) inputs or fewer; "
        + "check a sample of the rows"
    case .differentInputs(let circuit, let task):
      "found a circuit of \(circuit) inputs, expected the \(task) of the task"
    }
  }

  /// Three digits and a unit of powers of ten.
  private func memory(_ bytes: UInt128?) -> String {
    guard let bytes else { return "more than 10^38 bytes" }
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var (scaled, unit) = (bytes, 0)
    while scaled >= 10_000, unit + 1 < units.count {
      scaled /= 1000
      unit += 1
    }
    return "\(scaled) \(units[unit])"
  }
}
