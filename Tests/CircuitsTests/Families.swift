import Circuits

extension CircuitFamily {
  /// Every family once, block circuits at four depths.
  static let forTests: [CircuitFamily] = [
    .dnf, .cnf, .xorTree, .xorTreeWithNot, .nandTree, .xor3Tree, .kombarov,
    .blocks(depth: 2), .blocks(depth: 3), .blocks(depth: 4), .blocks(depth: 5),
  ]

  /// The families whose circuits stay small for any n.
  static let trees: [CircuitFamily] = [
    .xorTree, .xorTreeWithNot, .nandTree, .xor3Tree, .kombarov,
  ]
}

/// What the optimised build is fast enough for, and what is left for the other one.
func inRelease<Value>(_ release: Value, inDebug debug: Value) -> Value {
  #if DEBUG
    debug
  #else
    release
  #endif
}
