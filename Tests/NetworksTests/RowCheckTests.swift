import Networks
import Parity
import Testing

struct RowCheckTests {
  /// What a check of the rows in one pass, through the data set, has to find.
  private func expected(
    _ network: Network, _ task: ParityTask, _ coding: InputCoding, _ rows: [UInt64]
  ) -> (solved: Int, first: UInt64?, margin: Double) {
    let logits = network.forward(Matrix(DataSet(task, rows: rows), coding: coding)).logits
    let isRight = zip(rows, logits).map { row, z in
      var parity = false
      for bit in 0..<task.bits where (task.relevant & row) >> UInt64(bit) & 1 == 1 {
        parity.toggle()
      }
      return parity ? z > 0 : z < 0
    }
    return (
      isRight.count { $0 }, zip(rows, isRight).first { !$0.1 }?.0,
      logits.map(\.magnitude).min() ?? .infinity
    )
  }

  /// Ranges and lists of less than, exactly and more than one chunk of 512 rows.
  @Test(arguments: [0, 1, 7, 511, 512, 513, 1024, 1300], InputCoding.allCases)
  func `a check in chunks finds what one pass finds`(count: Int, coding: InputCoding) {
    let task = ParityTask(bits: 11, relevant: 0b101_0110_0011)
    for connections in Connections.allCases {
      let network = Network.random(
        Architecture(inputs: 11, hidden: [5, 3], connections: connections), seed: 3)
      let range = UInt64(300)..<(300 + UInt64(count))
      var generator = SeededGenerator(seed: 4, stream: "rows")
      let list = (0..<count).map { _ in generator.below(task.rowCount) }
      for (found, rows) in [
        (network.check(task, coding: coding, rows: range), Array(range)),
        (network.check(task, coding: coding, rows: list), list),
      ] {
        let (solved, first, margin) = expected(network, task, coding, rows)
        #expect(found.rows == count)
        #expect(found.solvedRows == solved)
        #expect(found.firstWrongRow == first)
        #expect(found.margin == margin)
      }
    }
  }

  @Test func `a logit of 0 or NaN is wrong on every row and leaves no margin`() {
    let task = ParityTask(bits: 3)
    let architecture = Architecture(inputs: 3, hidden: [])
    for bias in [0, -0.0, .nan] {
      let network = Network(architecture, parameters: [0, 0, 0, bias])
      let found = network.check(task, coding: .zeroOne, rows: 2..<7)
      #expect((found.rows, found.solvedRows, found.firstWrongRow) == (5, 0, 2))
      #expect(found.margin == 0)
    }
  }

  @Test func `the order of a list decides which wrong row is the first`() {
    // Always label 1: wrong where the parity is even.
    let network = Network(Architecture(inputs: 4, hidden: []), parameters: [0, 0, 0, 0, 1])
    let found = network.check(
      ParityTask(bits: 4), coding: .zeroOne, rows: [0b0111, 0b1000, 0b1010, 0b0000, 0b1010])
    #expect((found.rows, found.solvedRows, found.firstWrongRow) == (5, 2, 0b1010))
  }

  @Test func `rows and tasks that do not fit the network are refused`() async {
    await #expect(processExitsWith: .failure) {
      let network = ConstructedNetwork.fold(bits: 3).network
      _ = network.check(ParityTask(bits: 4), coding: .zeroOne, rows: 0..<8)
    }
    await #expect(processExitsWith: .failure) {
      let network = ConstructedNetwork.fold(bits: 3).network
      _ = network.check(ParityTask(bits: 3), coding: .zeroOne, rows: 0..<9)
    }
    await #expect(processExitsWith: .failure) {
      let network = ConstructedNetwork.fold(bits: 3).network
      _ = network.check(ParityTask(bits: 3), coding: .zeroOne, rows: [7, 8])
    }
  }
}
