import Networks
import Parity
import Testing

/// A family and a number of bits: one case of a test over all constructions.
struct Construction: CustomTestStringConvertible {
  let family: ConstructedNetwork.Family
  let bits: Int

  var testDescription: String { "\(family.rawValue) n=\(bits)" }

  var constructed: ConstructedNetwork { ConstructedNetwork(family, bits: bits) }

  static func all(bits: some Sequence<Int>) -> [Construction] {
    bits.flatMap { bits in
      ConstructedNetwork.Family.allCases.map { Construction(family: $0, bits: bits) }
    }
  }
}

extension Matrix {
  /// Inputs of 0 and 1, of shape (n, n + 1): in column c the first c inputs are on.
  fileprivate static func everyCount(_ bits: Int) -> Matrix {
    var inputs = Matrix(height: bits, width: bits + 1)
    for count in 0...bits {
      for input in 0..<count { inputs[input, count] = 1 }
    }
    return inputs
  }
}

struct ConstructedNetworkTests {
  #if DEBUG
    static let largest = 8
  #else
    static let largest = 20
  #endif

  @Test(arguments: Construction.all(bits: 1...largest))
  func `every family is right on every row`(construction: Construction) {
    let constructed = construction.constructed
    #expect(constructed.family == construction.family)
    #expect(constructed.network.architecture.inputs == construction.bits)
    let task = ParityTask(bits: construction.bits)
    let found = constructed.network.check(
      task, coding: constructed.coding, rows: 0..<task.rowCount)
    #expect(found.rows == 1 << construction.bits)
    #expect(found.solvedRows == found.rows)
    #expect(found.firstWrongRow == nil)
    expectMargin(found.margin, construction.family)
  }

  @Test(arguments: Construction.all(bits: 9...63))
  func `every family is right on a sample of rows`(construction: Construction) {
    let constructed = construction.constructed
    let task = ParityTask(bits: construction.bits)
    var generator = SeededGenerator(seed: 1, stream: "sample")
    let sample = DataSet.sample(task, count: 40, using: &generator).rows
    // A row for each bit count too, its low bits on, which a sample would not reach.
    let counts = (0...construction.bits).map { (UInt64(1) << UInt64($0)) - 1 }
    let found = constructed.network.check(task, coding: constructed.coding, rows: sample + counts)
    #expect(found.rows == construction.bits + 41)
    #expect(found.solvedRows == found.rows)
    expectMargin(found.margin, construction.family)
  }

  /// The logits are ±½, exactly but for the sigmoids, whose document promises 0.46.
  private func expectMargin(_ margin: Double, _ family: ConstructedNetwork.Family) {
    if family == .sigmoids {
      #expect(margin > 0.46 && margin <= 0.5)
    } else {
      #expect(margin == 0.5)
    }
  }

  /// Beyond 63 bits a row no longer fits an integer, but the inputs of a network still do.
  @Test(arguments: ConstructedNetwork.Family.allCases, [64, 65, 99, 100, 128])
  func `more bits than a row holds are right at every bit count`(
    family: ConstructedNetwork.Family, bits: Int
  ) {
    let network = ConstructedNetwork(family, bits: bits).network
    for (count, z) in network.forward(.everyCount(bits)).logits.enumerated() {
      #expect((z > 0) == !count.isMultiple(of: 2), "count \(count)")
      #expect(abs(z) > 0.46, "count \(count)")
    }
  }

  @Test(arguments: 1...100)
  func `the fold is exact on every bit count`(bits: Int) {
    let network = ConstructedNetwork.fold(bits: bits).network
    let expected = (0...bits).map { $0.isMultiple(of: 2) ? -0.5 : 0.5 }
    #expect(Array(network.forward(.everyCount(bits)).logits) == expected)
  }

  @Test(arguments: 2...64)
  func `units and depth are those of the formulas`(bits: Int) {
    func expect(
      _ family: ConstructedNetwork.Family, units: Int, depth: Int, _ connections: Connections,
      _ activation: Activation, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let shape = ConstructedNetwork(family, bits: bits).network.architecture
      #expect(shape.units == units, sourceLocation: sourceLocation)
      #expect(shape.depth == depth, sourceLocation: sourceLocation)
      #expect(shape.connections == connections, sourceLocation: sourceLocation)
      #expect(shape.activation == activation, sourceLocation: sourceLocation)
      #expect(family.architecture(bits: bits) == shape, sourceLocation: sourceLocation)
    }
    // ⌈log2 n⌉ and ⌈log2(n + 1)⌉ by doubling.
    let levels = (0...).first { 1 << $0 >= bits } ?? 0
    let digits = (0...).first { 1 << $0 >= bits + 1 } ?? 0
    let setiono = bits.isMultiple(of: 2) ? bits / 2 + 1 : (bits + 1) / 2
    // Two units an XOR, of which there are n − 1, and one for each bit left over at a level.
    var passed = 0
    var width = bits
    while width > 1 {
      passed += width % 2
      width = width / 2 + width % 2
    }
    expect(.thermometer, units: bits, depth: 1, .sequential, .step)
    expect(.zigzag, units: bits, depth: 1, .sequential, .relu)
    expect(.bridged, units: bits / 2, depth: 1, .bridged, .step)
    expect(.cascade, units: digits - 1, depth: digits - 1, .bridged, .step)
    expect(.fold, units: 2 * levels, depth: levels, .sequential, .relu)
    let widths = AccordionLaw.fewestWidths(bits: bits)
    expect(
      .accordion, units: widths.reduce(0, +), depth: widths.count, .sequential, .relu)
    #expect(widths.reduce(0, +) <= 2 * levels && widths.count <= levels)
    expect(.sigmoids, units: setiono, depth: 1, .sequential, .sigmoid)
    expect(.xorTree, units: 2 * (bits - 1) + passed, depth: levels, .sequential, .relu)
    // Three units an XOR or fewer, those that pass a bit on included.
    #expect(2 * (bits - 1) + passed <= 3 * (bits - 1))
  }

  @Test func `an accordion has the fewest units of all ways to fold, of these the fewest layers`() {
    let expected = [
      1: [], 2: [2], 3: [3], 4: [3], 5: [4], 6: [5], 7: [2, 3], 8: [2, 3], 9: [2, 4], 12: [3, 3],
      16: [2, 2, 3], 24: [2, 3, 3], 32: [2, 4, 3], 64: [2, 2, 4, 3], 128: [3, 3, 4, 3],
    ]
    for (bits, widths) in expected {
      let found = AccordionLaw.fewestWidths(bits: bits)
      #expect(found.reduce(0, +) == widths.reduce(0, +), "\(bits): \(found)")
      #expect(found.count <= widths.count, "\(bits): \(found)")
    }
    // By trying every list of widths: what k units fold is 0...∏ w, or one piece more at the end.
    for bits in 2...40 {
      let fewest = (1...).first { Self.most(units: $0) >= bits }
      #expect(AccordionLaw.fewestWidths(bits: bits).reduce(0, +) == fewest, "\(bits)")
    }
  }

  /// The largest n for which so many units are enough, over all widths.
  private static func most(units: Int) -> Int {
    let last = units >= 3 ? units + 1 : units
    return (1..<units).reduce(last) { best, width in max(best, width * most(units: units - width)) }
  }

  @Test(arguments: [(7, 3), (15, 4), (31, 5)])
  func `a cascade has as many units as digits, its output unit counted`(bits: Int, units: Int) {
    #expect(ConstructedNetwork.cascade(bits: bits).network.architecture.units + 1 == units)
  }

  @Test func `families are called in files what they are called here`() {
    #expect(
      ConstructedNetwork.Family.allCases.map(\.rawValue) == [
        "thermometer", "zigzag", "bridged", "cascade", "fold", "accordion", "sigmoids",
        "xorTree",
      ])
  }

  @Test func `a parity of no bits is refused`() async {
    await #expect(processExitsWith: .failure) { _ = ConstructedNetwork(.fold, bits: 0) }
    await #expect(processExitsWith: .failure) { _ = ConstructedNetwork(.zigzag, bits: 0) }
  }
}
