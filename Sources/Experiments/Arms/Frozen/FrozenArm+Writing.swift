import Networks

extension FrozenArm {
  package func written(_ conditions: Conditions) -> [JSONTree.Entry] {
    [
      .init("activation", .string(activation.rawValue)), .init("labels", .string(labels.rawValue)),
      .init("units", units?.written ?? .string(Self.usualUnits)),
    ]
  }

  /// The formula of the most units to try without one.
  static let usualUnits = "max(2^n, 64)"

  package var laws: [Law] {
    [
      Law("activation \(activation.rawValue)", activation.law),
      Law("frozen units", Self.unitLaw), Law("labels \(labels.rawValue)", labels.law),
    ]
  }

  private static let unitLaw =
    "weights and biases of the hidden units N(0, 1), all independent, on inputs of -1 and 1; drawn "
    + "unit by unit, n weights and then the bias, by the polar method from the stream \"frozen "
    + "features\" of the seed: results/README.md, Random streams. They never change, and unit h is the "
    + "same however many units there are. The output unit has a constant beside them"
}

extension FrozenArm.Labels {
  /// What the rows are labelled with.
  fileprivate var law: String {
    switch self {
    case .parity: "the parity of all n bits"
    case .balanced:
      "as many labels 1 as 0 in an order drawn by the seed from the stream \"balanced labels\""
    }
  }
}
