import Networks
import Parity
import Testing

struct CountProfileTests {
  @Test func `the values of a sum are those of its count`() throws {
    // A thermometer fires from one, two, three ones on; its logit is -1/2 or 1/2.
    let built = ConstructedNetwork(.thermometer, bits: 3)
    #expect(built.network.weighsInputsAlike)
    let profile = try #require(
      built.network.profile(relevant: [0, 1, 2], coding: built.coding))
    #expect(profile.units.count == 4)
    for (unit, values) in profile.units.dropLast().enumerated() {
      #expect(values.map(\.mean) == (0...3).map { $0 > unit ? 1 : 0 })
    }
    let logits = profile.units[3]
    #expect(logits.map(\.mean) == [-0.5, 0.5, -0.5, 0.5])
    #expect(logits.allSatisfy { $0.least == $0.mean && $0.greatest == $0.mean })
    #expect(ConstructedNetwork(.sigmoids, bits: 100).network.weighsInputsAlike)
    #expect(
      ConstructedNetwork(.fold, bits: 100).network.profile(
        relevant: Array(0..<100), coding: .zeroOne)?.units.count == 15)
  }

  @Test func `rows of one count are gone through where units tell inputs apart`() throws {
    // The logit is x0 + 3 x1 + 2.
    let line = Network(Architecture(inputs: 2, hidden: []), parameters: [1, 3, 2])
    #expect(!line.weighsInputsAlike)
    let all = try #require(line.profile(relevant: [0, 1], coding: .plusMinusOne)).units[0]
    #expect(all.map(\.mean) == [-2, 2, 6])
    #expect(all.map(\.least) == [-2, 0, 6])
    #expect(all.map(\.greatest) == [-2, 4, 6])
    let one = try #require(line.profile(relevant: [1], coding: .zeroOne)).units[0]
    #expect(one.map(\.mean) == [2.5, 5.5])
    #expect(one.map(\.least) == [2, 5] && one.map(\.greatest) == [3, 6])
  }

  @Test func `it agrees with the forward pass on all rows, for every count`() throws {
    var generator = SeededGenerator(seed: 5, stream: "profile")
    for connections in Connections.allCases {
      let network = Initialization.fanIn(
        Architecture(inputs: 7, hidden: [3, 2], connections: connections), using: &generator)
      let task = ParityTask(bits: 7)
      let profile = try #require(
        network.profile(relevant: Array(0..<7), coding: .plusMinusOne))
      let data = DataSet.truthTable(task)
      let logits = Array(network.forward(Matrix(data, coding: .plusMinusOne)).logits)
      for count in 0...7 {
        let values = zip(data.rows, logits).filter { $0.0.nonzeroBitCount == count }.map(\.1)
        let found = profile.units[5][count]
        #expect(found.least == values.min() && found.greatest == values.max())
        #expect(abs(found.mean - values.reduce(0, +) / Double(values.count)) < 1e-14)
      }
    }
    let wide = Network(
      Architecture(inputs: 21, hidden: []), parameters: (0..<22).map(Double.init))
    #expect(wide.profile(relevant: Array(0..<21), coding: .zeroOne) == nil)
  }
}
