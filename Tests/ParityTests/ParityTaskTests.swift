import Parity
import Testing

/// The definition again, one bit after the other, as a reader would do it on paper.
private func xor(of row: UInt64, over inputs: [Int]) -> UInt8 {
  var parity = false
  for input in inputs where (row / (1 << UInt64(input))) % 2 == 1 {
    parity.toggle()
  }
  return parity ? 1 : 0
}

struct ParityTaskTests {
  @Test(arguments: 1...10)
  func `every row of full parity has the XOR of its bits as label`(bits: Int) {
    let task = ParityTask(bits: bits)
    #expect(task.rowCount == UInt64(1 << bits))
    #expect(task.relevantCount == bits)
    for row in 0..<task.rowCount {
      #expect(task.label(of: row) == xor(of: row, over: Array(0..<bits)), "row \(row)")
    }
  }

  @Test(arguments: 1...6)
  func `every row of every subset has the XOR of the relevant bits as label`(bits: Int) {
    for relevant in 0..<UInt64(1 << bits) {
      let task = ParityTask(bits: bits, relevant: relevant)
      let inputs = (0..<bits).filter { (relevant / (1 << UInt64($0))) % 2 == 1 }
      #expect(task.relevantCount == inputs.count)
      let labels = (0..<task.rowCount).map(task.label)
      #expect(labels == (0..<task.rowCount).map { xor(of: $0, over: inputs) }, "\(inputs)")
    }
  }

  @Test(arguments: 0...7)
  func `the first k relevant inputs are inputs 0 to k less 1`(k: Int) {
    let task = ParityTask(bits: 7, firstRelevant: k)
    #expect(task.relevantCount == k)
    for row in 0..<task.rowCount {
      #expect(task.label(of: row) == xor(of: row, over: Array(0..<k)), "row \(row)")
    }
  }

  @Test(arguments: [0b1, 0b1010_0110, 0b1111_1111, 0b1000_0000] as [UInt64])
  func `flipping a relevant bit flips the label, an irrelevant one leaves it`(relevant: UInt64) {
    let task = ParityTask(bits: 8, relevant: relevant)
    for input in 0..<8 {
      let mask = UInt64(1) << UInt64(input)
      let isRelevant = (relevant / mask) % 2 == 1
      for row in 0..<task.rowCount {
        let flips = task.label(of: row) != task.label(of: row ^ mask)
        #expect(flips == isRelevant, "input \(input) of row \(row)")
      }
    }
  }

  @Test func `the largest task labels its rows from bit 0 to bit 62`() {
    let task = ParityTask(bits: ParityTask.maximumBits)
    #expect(task.bits == 63)
    #expect(task.rowCount == 9_223_372_036_854_775_808)
    for input in 0..<63 {
      #expect(task.label(of: 1 << UInt64(input)) == 1, "input \(input)")
    }
    #expect(task.label(of: task.rowCount - 1) == 1, "63 bits that are on")
    #expect(task.label(of: task.rowCount - 2) == 0, "62 bits that are on")
  }

  @Test(arguments: InputCoding.allCases)
  func `a coding gives each bit of every row its number`(coding: InputCoding) {
    for row in UInt64(0)..<32 {
      var rest = row
      for input in 0..<5 {
        let isOn = rest % 2 == 1
        rest /= 2
        let expected =
          switch coding {
          case .plusMinusOne: isOn ? 1 : -1
          case .zeroOne: isOn ? 1 : 0
          }
        #expect(coding.value(ofInput: input, in: row) == expected, "input \(input), row \(row)")
      }
    }
    #expect(coding.value(ofInput: 62, in: 1 << 62) == 1)
  }

  @Test func `in the plus minus one coding parity is a product`() {
    // The product of the coded inputs is (−1)^(inputs that are off).
    let task = ParityTask(bits: 6)
    for row in 0..<task.rowCount {
      let product = (0..<6).map { InputCoding.plusMinusOne.value(ofInput: $0, in: row) }
        .reduce(1, *)
      #expect(product == (task.label(of: row) == 0 ? 1 : -1), "row \(row)")
    }
  }

  @Test func `codings are called in experiment files what they are called here`() {
    #expect(InputCoding.allCases.map(\.rawValue) == ["plusMinusOne", "zeroOne"])
  }

  @Test func `impossible tasks are refused`() async {
    await #expect(processExitsWith: .failure) { _ = ParityTask(bits: 0) }
    await #expect(processExitsWith: .failure) { _ = ParityTask(bits: 64) }
    await #expect(processExitsWith: .failure) { _ = ParityTask(bits: 3, firstRelevant: 4) }
    await #expect(processExitsWith: .failure) { _ = ParityTask(bits: 3, relevant: 0b1000) }
  }
}
