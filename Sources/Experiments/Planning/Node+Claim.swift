import Tables

extension Node {
  /// A claim about one of the arms; `bits` are the experiment's, for a claim that names none.
  func claim(arms: [Arm], bits: [Int]) throws(InputError) -> Claim {
    let object = try object(keys: ["claim", "arm", "measure", "is", "value", "bits", "depth"])
    let armNode = try object.required("arm")
    let name = try armNode.string("the name of an arm")
    guard let arm = arms.first(where: { $0.name == name }) else {
      throw armNode.error(.unknownWord(name, valid: arms.map(\.name)))
    }
    let claim = Claim(
      sentence: try object.required("claim").string("the claim in a sentence"),
      arm: name,
      measure: try object.required("measure").word(Claim.Measure.self),
      comparison: try object.required("is").word(Claim.Comparison.self),
      value: try object.required("value").number(),
      bits: try object["bits"]?.numbers("n", in: Record.bitsRange) ?? arm.bits ?? bits,
      depth: try object["depth"]?.formula())
    for n in claim.bits {
      try object.required("value").check(claim.value) { formula throws(FormulaError) in
        _ = try formula.value(atBits: n)
      }
      if let depth = claim.depth {
        try object.required("depth").check(depth) { formula throws(FormulaError) in
          _ = try formula.whole(atBits: n, in: TrainedArm.depthRange)
        }
      }
    }
    return claim
  }

  /// A number or a formula; other than a width, it may have a fraction.
  private func number() throws(InputError) -> Formula {
    if case .number(let number) = value, number.isFinite { return Formula(number: number) }
    return try formula()
  }

  private func check(
    _ formula: Formula, _ evaluate: (Formula) throws(FormulaError) -> Void
  ) throws(InputError) {
    do {
      try evaluate(formula)
    } catch {
      throw self.error(.formula(formula.text, error))
    }
  }
}
