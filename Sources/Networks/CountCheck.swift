public import Parity

// A network whose inputs are weighed alike sees the number of ones and nothing else. Then n + 1 rows
// stand for all 2^n, and to evaluate them is a proof for every row.

extension Network {
  /// Whether each unit has one and the same weight for all inputs, equal to the bit: what it puts out
  /// depends on the count of ones alone, up to rounding.
  public var weighsInputsAlike: Bool {
    let inputs = 0..<architecture.inputs
    return architecture.layers.filter { $0.inputs.lowerBound == 0 }.allSatisfy { layer in
      (0..<layer.outputs.count).allSatisfy { unit in
        let start = layer.weights(intoUnit: unit).lowerBound
        let first = parameters[start].bitPattern
        return inputs.allSatisfy { parameters[start + $0].bitPattern == first }
      }
    }
  }

  /// Whether the network gives the same logit, bit for bit, on all rows with as many ones.
  ///
  /// That is so where it ``weighsInputsAlike`` and inputs are coded as 0 and 1. The forward pass adds to
  /// the bias one input after another: the weight for an input that is on, and nothing (0 times the
  /// weight) for one that is off. Whichever inputs are on, the same numbers are added in the same order,
  /// so rounding is the same too. Under the coding −1 and 1 the order of the signs would matter, and the
  /// answer is false.
  ///
  /// - Parameter coding: How the inputs are coded.
  public func seesCountAlone(coding: InputCoding) -> Bool {
    coding == .zeroOne && weighsInputsAlike
  }

  /// Evaluates the network on one row for each count of ones, 0 to n, against the parity of all bits.
  ///
  /// In the result a row is a count: ``RowCheck/rows`` is n + 1, and ``RowCheck/firstWrongRow`` is the
  /// lowest count at which the network is wrong. Where ``seesCountAlone(coding:)`` holds, what is found
  /// is found of all 2^n rows, and ``RowCheck/margin`` is the smallest of all. At most 4096 inputs.
  public func checkCounts(coding: InputCoding) -> RowCheck {
    check(.everyCount(bits: architecture.inputs), coding: coding)
  }
}
