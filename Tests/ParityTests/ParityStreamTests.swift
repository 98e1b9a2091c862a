import Parity
import Testing

struct ParityStreamTests {
  @Test func `the draws of a stream never change`() {
    var stream = ParityStream(WideParity(bits: 70, relevant: [0, 63, 69]), seed: 7)
    let rows = stream.sample(3)
    #expect(rows.wordsPerRow == 2)
    // From the published algorithms of FNV-1a, SplitMix64 and xoshiro256**, in Python.
    #expect(
      rows.words == [
        0x78e1_c42e_5cac_9a17, 0x1d,
        0x0e44_b5e9_350a_1aee, 0x3a,
        0x436a_b6f8_c4d7_25e0, 0x3b,
      ])
    #expect(rows.labels == [1, 1, 1])
  }

  @Test(arguments: [1, 63, 64, 65, 1000, 4096])
  func `labels are the parity of the relevant bits`(bits: Int) {
    let relevant = [0, bits / 2, bits - 1]
    let task = WideParity(bits: bits, relevant: Array(Set(relevant)))
    var stream = ParityStream(task, seed: 1)
    let rows = stream.sample(200)
    for row in 0..<rows.count {
      let ones = task.relevant.count { rows.isOn($0, ofRow: row) }
      #expect(rows.labels[row] == UInt8(ones & 1))
      let words = rows.words[(row * rows.wordsPerRow)..<((row + 1) * rows.wordsPerRow)]
      let inside = (0..<bits).count { rows.isOn($0, ofRow: row) }
      #expect(words.reduce(0) { $0 + $1.nonzeroBitCount } == inside, "a bit beyond \(bits)")
    }
  }

  @Test func `the same rows come in batches of any size`() {
    let task = WideParity(bits: 100, firstRelevant: 5)
    var (whole, parts) = (ParityStream(task, seed: 3), ParityStream(task, seed: 3))
    let expected = whole.sample(10)
    var batch = BitRows(task, count: 4)
    parts.draw(into: &batch)
    let rest = parts.sample(6)
    #expect(batch.words + rest.words == expected.words)
    #expect(batch.labels + rest.labels == expected.labels)
  }

  @Test func `bits are even and independent of each other`() {
    let task = WideParity(bits: 130, firstRelevant: 3)
    var stream = ParityStream(task, seed: 2)
    let rows = stream.sample(4000)
    for input in [0, 63, 64, 129] {
      let on = (0..<rows.count).count { rows.isOn(input, ofRow: $0) }
      let same = (0..<rows.count).count { rows.isOn(input, ofRow: $0) == rows.isOn(7, ofRow: $0) }
      // Five standard deviations of 4000 fair coins are 158.
      #expect(abs(on - 2000) < 158)
      #expect(abs(same - 2000) < 158)
    }
  }

  @Test func `a parity of up to 63 bits is that of the task`() {
    let (wide, task) = (
      WideParity(bits: 9, firstRelevant: 4), ParityTask(bits: 9, firstRelevant: 4)
    )
    for row in 0..<task.rowCount { #expect(wide.label(of: [row]) == task.label(of: row)) }
  }
}

struct EveryCountTests {
  @Test(arguments: [1, 2, 63, 64, 65, 130, 1024])
  func `there is one row for each count of ones, its first inputs on`(bits: Int) {
    let rows = BitRows.everyCount(bits: bits)
    #expect((rows.bits, rows.count) == (bits, bits + 1))
    for count in 0...bits {
      let isAsItShouldBe = (0..<bits).allSatisfy { rows.isOn($0, ofRow: count) == ($0 < count) }
      #expect(isAsItShouldBe, "row \(count)")
      #expect(rows.labels[count] == (count.isMultiple(of: 2) ? 0 : 1))
    }
  }
}
