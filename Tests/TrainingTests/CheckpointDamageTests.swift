import Networks
import Parity
import Testing
import Training

/// Bytes that are no checkpoint, or not that of the training at hand, are told apart from one.
struct CheckpointDamageTests {
  private static func checkpoint(_ optimizer: Optimizer) throws -> (Checkpoint, TrainingSettings) {
    let settings = TrainingSettings(
      optimizer: optimizer, budget: Budget(epochs: 9, stopsWhenSolved: false))
    var kept: Checkpoint?
    var order = SeededGenerator(seed: 7, stream: "order")
    let watcher = Watcher(ask: { $0 == 4 ? .end : $1 < 0 ? .loss : .nothing }, keep: { kept = $0 })
    let start = Problems.network(Architecture(inputs: 3, hidden: [2]), seed: 4)
    _ = train(start, on: Problems.table(3), settings, order: &order, watcher: watcher)
    return (try #require(kept), settings)
  }

  private static let optimizers: [Optimizer] = [
    .gradient(Problems.adam, batch: .full), .gradient(Problems.adam, batch: .rows(3)),
    .levenbergMarquardt(LevenbergMarquardt()),
  ]

  @Test(arguments: optimizers)
  func `cut bytes are no checkpoint`(optimizer: Optimizer) throws {
    let bytes = try Self.checkpoint(optimizer).0.bytes
    #expect(Checkpoint(bytes) != nil)
    for length in 0..<bytes.count { #expect(Checkpoint(Array(bytes[..<length])) == nil) }
    #expect(Checkpoint(bytes + [0]) == nil)
  }

  /// A checksum tells such damage; here it must only do no harm.
  @Test(arguments: optimizers)
  func `flipped bits are read as themselves or not at all, and what fits can be gone on from`(
    optimizer: Optimizer
  ) throws {
    let (checkpoint, settings) = try Self.checkpoint(optimizer)
    let bytes = checkpoint.bytes
    let start = Problems.network(Architecture(inputs: 3, hidden: [2]), seed: 4)
    var generator = SeededGenerator(seed: 1, stream: "damage")
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let read = Checkpoint(damaged) else { continue }
      #expect(read != checkpoint || read.bytes == damaged)
      let fits = read.fits(start.architecture, on: Problems.table(3), settings)
      guard fits, generator.below(8) == 0 else { continue }
      let watcher = Watcher(from: read, ask: { _, _ in .nothing }, keep: { _ in })
      var order = SeededGenerator(seed: 7, stream: "order")
      let end = train(start, on: Problems.table(3), settings, order: &order, watcher: watcher)
      #expect(end.epochs <= 9)
    }
  }

  @Test func `the checkpoint of another training does not fit`() throws {
    for optimizer in Self.optimizers {
      let (checkpoint, settings) = try Self.checkpoint(optimizer)
      let (shape, table) = (Architecture(inputs: 3, hidden: [2]), Problems.table(3))
      #expect(checkpoint.fits(shape, on: table, settings))
      #expect(!checkpoint.fits(Architecture(inputs: 3, hidden: [3]), on: table, settings))
      for other in Self.optimizers where other != optimizer {
        let (foreign, _) = try Self.checkpoint(other)
        #expect(!foreign.fits(shape, on: table, settings))
      }
      var shorter = settings
      shorter.budget.epochs = 3
      #expect(!checkpoint.fits(shape, on: table, shorter))
    }
  }
}
