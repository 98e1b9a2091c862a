import Parity
import Testing

struct DataSetRequestTests {
  private func examples(_ request: DataSetRequest) -> [DataSetRequest.Example] {
    var examples: [DataSetRequest.Example] = []
    request.forEach { examples.append($0) }
    return examples
  }

  // 2^13 rows are made in more than one piece.
  @Test(arguments: [nil, 1, 5000] as [Int?], [nil, 0, 0.3, 1] as [Double?])
  func `its rows are those of sample, split and noise, each from its own stream`(
    sample: Int?, heldOut: Double?
  ) {
    let task = ParityTask(bits: 13, firstRelevant: 4)
    var request = DataSetRequest(task)
    (request.sample, request.heldOut, request.noise, request.seed) = (sample, heldOut, 0.2, 7)
    var generator = SeededGenerator(seed: 7, stream: "sample")
    let clean =
      sample.map { DataSet.sample(task, count: $0, using: &generator) } ?? .truthTable(task)
    generator = SeededGenerator(seed: 7, stream: "noise")
    let noisy = clean.flippingLabels(probability: 0.2, using: &generator)
    let count = Int((heldOut ?? 0) * Double(clean.rows.count) + 0.5)
    generator = SeededGenerator(seed: 7, stream: "data n=13 k=4 held-out=\(count)")
    let held = clean.heldOut(count: count, using: &generator)
    #expect(request.count == clean.rows.count)
    let found = examples(request)
    #expect(found.map(\.row) == clean.rows)
    #expect(found.map(\.label) == noisy.labels)
    #expect(found.map(\.parity) == clean.labels)
    #expect(found.map(\.isHeldOut) == held)
  }

  @Test func `without settings it is the truth table`() {
    let found = examples(DataSetRequest(ParityTask(bits: 3)))
    #expect(found.map(\.row) == Array(0..<8))
    #expect(found.map(\.label) == [0, 1, 1, 0, 1, 0, 0, 1])
    #expect(found.map(\.parity) == found.map(\.label))
    #expect(found.allSatisfy { !$0.isHeldOut })
  }
}
