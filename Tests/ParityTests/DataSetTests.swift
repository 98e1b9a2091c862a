import Parity
import Testing

struct DataSetTests {
  private let task = ParityTask(bits: 7, relevant: 0b101_0011)

  private func labels(of rows: [UInt64], in task: ParityTask) -> [UInt8] {
    rows.map { row in
      (0..<UInt64(task.bits)).filter { row >> $0 & task.relevant >> $0 & 1 == 1 }.count % 2 == 1
        ? 1 : 0
    }
  }

  @Test func `the truth table has every row once, ascending, with its label`() {
    let table = DataSet.truthTable(task)
    #expect(table.rows == Array(0..<128))
    #expect(table.labels == labels(of: table.rows, in: task))
    #expect(table.labels.reduce(0) { $0 + Int($1) } == 64, "parity is balanced")
  }

  @Test func `a sample of 63 input rows has different rows with their labels`() {
    let task = ParityTask(bits: 63, relevant: 0x5A5A_0123_4567_89AB)
    var generator = SeededGenerator(seed: 3, stream: "data")
    let sample = DataSet.sample(task, count: 500, using: &generator)
    #expect(sample.rows.count == 500)
    #expect(zip(sample.rows, sample.rows.dropFirst()).allSatisfy { $0 < $1 })
    #expect(sample.rows.allSatisfy { $0 < 1 << 63 })
    #expect(sample.labels == labels(of: sample.rows, in: task))
    for input in UInt64(0)..<63 {
      // 250 expected; 5 standard deviations of a fair coin thrown 500 times are 56.
      let on = sample.rows.filter { $0 >> input & 1 == 1 }.count
      #expect(abs(on - 250) <= 56, "input \(input) is on in \(on) of 500 rows")
    }
  }

  @Test func `a sample of all rows is the truth table`() {
    var generator = SeededGenerator(seed: 1, stream: "data")
    #expect(DataSet.sample(task, count: 128, using: &generator) == DataSet.truthTable(task))
  }

  @Test(arguments: [0, 1, 37, 127, 128], [UInt64(1), 2])
  func `a split cuts the rows in two parts of the sizes asked for`(count: Int, seed: UInt64) {
    let table = DataSet.truthTable(task)
    var generator = SeededGenerator(seed: seed, stream: "data")
    let (training, heldOut) = table.split(heldOut: count, using: &generator)
    #expect(heldOut.rows.count == count)
    #expect(training.rows.count == 128 - count)
    #expect((training.rows + heldOut.rows).sorted() == table.rows)
    for part in [training, heldOut] {
      #expect(part.rows == part.rows.sorted(), "a part keeps the order of the whole")
      #expect(part.labels == labels(of: part.rows, in: task))
      #expect(part.task == task)
    }
  }

  @Test func `the same seed splits the same way, another seed another way`() {
    func heldOut(seed: UInt64) -> [UInt64] {
      var generator = SeededGenerator(seed: seed, stream: "data")
      return DataSet.truthTable(task).split(heldOut: 40, using: &generator).heldOut.rows
    }
    #expect(heldOut(seed: 5) == heldOut(seed: 5))
    #expect(heldOut(seed: 5) != heldOut(seed: 6))
  }

  @Test func `a split takes along labels that noise has changed`() {
    var generator = SeededGenerator(seed: 9, stream: "data")
    let noisy = DataSet.truthTable(task).flippingLabels(probability: 0.5, using: &generator)
    let (training, heldOut) = noisy.split(heldOut: 50, using: &generator)
    for part in [training, heldOut] {
      // The truth table's rows are their own indices.
      #expect(part.labels == part.rows.map { noisy.labels[Int($0)] })
    }
  }

  @Test func `each row is held out about equally often`() {
    let table = DataSet.truthTable(ParityTask(bits: 2))
    var counts = [0, 0, 0, 0]
    var generator = SeededGenerator(seed: 11, stream: "data")
    for _ in 0..<2000 {
      for (row, held) in table.heldOut(count: 1, using: &generator).enumerated() where held {
        counts[row] += 1
      }
    }
    #expect(counts.reduce(0, +) == 2000)
    #expect(chiSquare(counts) < 16.27, "3 degrees of freedom, p = 0.001: \(counts)")
  }

  @Test func `label noise of rate 0 changes nothing and of rate 1 everything`() {
    let table = DataSet.truthTable(task)
    var generator = SeededGenerator(seed: 2, stream: "noise")
    #expect(table.flippingLabels(probability: 0, using: &generator) == table)
    let flipped = table.flippingLabels(probability: 1, using: &generator)
    #expect(flipped.rows == table.rows)
    #expect(flipped.labels == table.labels.map { 1 - $0 })
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `label noise of rate one tenth flips about a tenth`(seed: UInt64) {
    let table = DataSet.truthTable(ParityTask(bits: 11))
    var generator = SeededGenerator(seed: seed, stream: "noise")
    let noisy = table.flippingLabels(probability: 0.1, using: &generator)
    let flips = zip(noisy.labels, table.labels).filter { $0 != $1 }.count
    // 204.8 expected, standard deviation √(2048 · 0.1 · 0.9) = 13.6; four of them are allowed.
    #expect((151...259).contains(flips), "\(flips) of 2048")
  }

  @Test func `too many rows and impossible probabilities are refused`() async {
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1, stream: "data")
      _ = DataSet.sample(ParityTask(bits: 3), count: 9, using: &generator)
    }
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1, stream: "data")
      _ = DataSet.truthTable(ParityTask(bits: 3)).split(heldOut: 9, using: &generator)
    }
    await #expect(processExitsWith: .failure) {
      var generator = SeededGenerator(seed: 1, stream: "noise")
      _ = DataSet.truthTable(ParityTask(bits: 1)).flippingLabels(
        probability: 1.5, using: &generator)
    }
  }
}
