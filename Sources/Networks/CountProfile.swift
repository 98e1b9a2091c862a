public import Parity

/// What each unit of a network puts out, against the count of relevant ones among its inputs.
///
/// Parity is a function of that count. A unit whose value depends on nothing else has one value for
/// each count; of any other the mean, the least and the greatest value are told.
public struct CountProfile: Equatable, Sendable {
  /// The values over the rows with one count.
  public struct Values: Equatable, Sendable {
    /// Their mean.
    public fileprivate(set) var mean = 0.0
    /// The least of them.
    public fileprivate(set) var least = Double.infinity
    /// The greatest of them.
    public fileprivate(set) var greatest = -Double.infinity
    /// Their number.
    fileprivate var count = 0.0

    fileprivate mutating func add(_ value: Double) {
      // Divided by the count in the end.
      mean += value
      least = min(least, value)
      greatest = max(greatest, value)
      count += 1
    }
  }

  /// For each unit its values at 0, 1, 2, … ones.
  ///
  /// The hidden units come layer after layer, then the output unit before its logistic function: the
  /// logit.
  public private(set) var units: [[Values]]

  /// The largest n whose rows are gone through one by one.
  public static let maximumBits = 20

  fileprivate init(units: Int, counts: Int) {
    self.units = Array(repeating: Array(repeating: Values(), count: counts), count: units)
  }

  fileprivate mutating func add(_ cache: ForwardCache, inputs: Int, counts: [Int]) {
    for unit in units.indices {
      let isOutput = unit == units.count - 1
      for (column, count) in counts.enumerated() {
        let place = inputs + unit
        units[unit][count].add(
          isOutput
            ? cache.preactivations[place, column] : cache.activations[place, column])
      }
    }
  }

  fileprivate mutating func end() {
    for unit in units.indices {
      for count in units[unit].indices { units[unit][count].mean /= units[unit][count].count }
    }
  }
}

extension Network {
  /// The values of every unit against the count of ones among the relevant inputs; nil beyond
  /// ``CountProfile/maximumBits`` inputs, unless all are relevant and weighed alike.
  ///
  /// Then the rows whose first 0, 1, 2, … inputs are on stand for all.
  public func profile(relevant: [Int], coding: InputCoding) -> CountProfile? {
    let bits = architecture.inputs
    precondition(relevant.allSatisfy((0..<bits).contains), "\(relevant) of \(bits) inputs")
    var profile = CountProfile(units: architecture.units + 1, counts: relevant.count + 1)
    let values = [coding.value(ofInput: 0, in: 0), coding.value(ofInput: 0, in: 1)].map(Double.init)
    if relevant.count == bits, weighsInputsAlike {
      var inputs = Matrix(height: bits, width: bits + 1)
      for input in 0..<bits {
        for count in 0...bits { inputs[input, count] = values[input < count ? 1 : 0] }
      }
      profile.add(forward(inputs), inputs: bits, counts: Array(0...bits))
    } else {
      guard bits <= CountProfile.maximumBits else { return nil }
      let mask = relevant.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
      for start in stride(from: UInt64(0), to: 1 << UInt64(bits), by: 64) {
        let rows = Array(start..<min(start + 64, 1 << UInt64(bits)))
        var inputs = Matrix(height: bits, width: rows.count)
        for input in 0..<bits {
          for (column, row) in rows.enumerated() {
            inputs[input, column] = values[Int(row >> UInt64(input) & 1)]
          }
        }
        profile.add(
          forward(inputs), inputs: bits, counts: rows.map { ($0 & mask).nonzeroBitCount })
      }
    }
    profile.end()
    return profile
  }
}
