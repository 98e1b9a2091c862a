import Circuits
import Parity
import TestSupport
import Testing

struct EvaluationTests {
  @Test(arguments: 1...15)
  func `the truth table equals the row by row evaluation of random circuits`(inputs: Int) throws {
    var generator = SeededGenerator(seed: UInt64(inputs), stream: "random circuits")
    // Beyond twelve inputs there are several blocks; rows are then too many for every circuit.
    let circuits = inputs > 12 ? inRelease(20, inDebug: 1) : inRelease(60, inDebug: 6)
    for number in 0..<circuits {
      let gates = Int(generator.below(24))
      let circuit = Circuit.random(inputs: inputs, gates: gates, using: &generator)
      let naive = NaiveCircuit(circuit)
      let table = try circuit.truthTable()
      let step = inputs > 12 ? inRelease(1, inDebug: 7) : 1
      for row in stride(from: 0, to: 1 << inputs, by: step) {
        let expected = naive.value(on: UInt64(row))
        guard table[row] == expected, circuit.value(on: UInt64(row)) == expected else {
          Issue.record("circuit \(number), row \(row): expected \(expected)")
          return
        }
      }
    }
  }

  @Test(arguments: 1...13)
  func `wrong rows are counted and the first is found in random circuits`(inputs: Int) throws {
    var generator = SeededGenerator(seed: UInt64(inputs), stream: "wrong rows")
    let relevant = generator.below(1 << UInt64(inputs))
    let task = ParityTask(bits: inputs, relevant: relevant)
    for _ in 0..<(inputs > 10 ? inRelease(10, inDebug: 1) : 5) {
      let circuit = Circuit.random(inputs: inputs, gates: 20, using: &generator)
      let wrong = NaiveCircuit(circuit).wrongRows(task)
      let found = try circuit.verify(task)
      #expect(found.rows == task.rowCount)
      #expect(found.solvedRows == task.rowCount - wrong.count)
      if let first = wrong.first {
        #expect(found == .fails(firstRow: first, wrong: wrong.count, rows: task.rowCount))
      } else {
        #expect(found == .verified(rows: task.rowCount))
      }
      let sample = DataSet.sample(
        task, count: Int(generator.below(task.rowCount)) + 1, using: &generator)
      let naive = NaiveCircuit(circuit)
      let wrongRows = zip(sample.rows, sample.labels).filter { row, label in
        naive.value(on: row) != (label == 1)
      }
      let sampled = try circuit.verify(sample)
      #expect(sampled.rows == UInt64(sample.rows.count))
      #expect(sampled.rows - sampled.solvedRows == UInt64(wrongRows.count))
      if case .fails(let first, _, _) = sampled { #expect(first == wrongRows.first?.0) }
    }
  }

  @Test func `the parity of some of the inputs is checked against those inputs alone`() throws {
    let task = ParityTask(bits: 14, relevant: 0b10_0000_0000_0101)
    var builder = CircuitBuilder(inputs: 14)
    var parity = builder.input(0)
    for input in [2, 13] {
      let other = builder.input(input)
      let left = builder.add(.and, [parity, !other])
      let right = builder.add(.and, [!parity, other])
      parity = builder.add(.or, [left, right])
    }
    #expect(try builder.finish(output: parity).verify(task) == .verified(rows: 1 << 14))
    // The complement is wrong everywhere, from row 0 on.
    let complement = try builder.finish(output: !parity).verify(task)
    #expect(complement == .fails(firstRow: 0, wrong: 1 << 14, rows: 1 << 14))
    #expect(complement.solvedRows == 0)
  }

  @Test func `a circuit without gates is an input, read either way`() throws {
    let builder = CircuitBuilder(inputs: 13)
    for input in 0..<13 {
      let task = ParityTask(bits: 13, relevant: 1 << UInt64(input))
      let circuit = builder.finish(output: builder.input(input))
      #expect(try circuit.verify(task) == .verified(rows: 8192))
      let negated = try builder.finish(output: !builder.input(input)).verify(task)
      #expect(negated == .fails(firstRow: 0, wrong: 8192, rows: 8192))
      #expect(circuit.size == CircuitSize())
    }
  }

  @Test(arguments: [40, 63])
  func `a tree of more bits than can be enumerated is checked on a sample`(inputs: Int) throws {
    let task = ParityTask(bits: inputs)
    var generator = SeededGenerator(seed: 3, stream: "sample")
    for count in [1, 63, 64, 511, 512, 513, 5000] {
      let sample = DataSet.sample(task, count: count, using: &generator)
      for family in CircuitFamily.trees + [.blocks(depth: 6)] {
        let circuit = try family.circuit(inputs: inputs)
        #expect(try circuit.verify(sample) == .verified(rows: UInt64(count)), "\(family)")
        let wrong = Mutation.sign.applied(to: circuit, gate: 0, position: 0)
        guard count > 1000 else { continue }
        let naive = NaiveCircuit(wrong)
        let first = zip(sample.rows, sample.labels).first { naive.value(on: $0) != ($1 == 1) }
        guard case .fails(let firstRow, _, _) = try wrong.verify(sample) else {
          Issue.record("\(family): the wrong sign is not found")
          continue
        }
        #expect(firstRow == first?.0, "\(family)")
      }
    }
  }

  @Test func `the lowest failing row is given even when the rows stand in another order`() throws {
    let task = ParityTask(bits: 40)
    let builder = CircuitBuilder(inputs: 40)
    let data = DataSet(task, rows: [3, 1 << 39, 12, 1 << 20, 6, 5])
    // Input 0 alone is wrong where an odd number of other bits is on.
    let found = try builder.finish(output: builder.input(0)).verify(data)
    #expect(found == .fails(firstRow: 3, wrong: 4, rows: 6))
  }

  @Test func `labels of a data set that were flipped are what the circuit is held against`() throws
  {
    var generator = SeededGenerator(seed: 1, stream: "noise")
    let noisy = DataSet.truthTable(ParityTask(bits: 10))
      .flippingLabels(probability: 0.1, using: &generator)
    let flipped = noisy.rows.filter { noisy.labels[Int($0)] != noisy.task.label(of: $0) }
    let found = try CircuitFamily.xorTree.circuit(inputs: 10).verify(noisy)
    let first = try #require(flipped.first)
    #expect(
      found == .fails(firstRow: first, wrong: UInt64(flipped.count), rows: 1024))
  }
}
