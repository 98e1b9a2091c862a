import Networks
import Parity
import Testing
import Training

/// The bytes of every kernel, held to its revision.
///
/// A run keeps the rows of an earlier one whose settings name the same revision, so bytes that change
/// under it would mix two engines in one file.
struct KernelRevisionTests {
  /// A digest of what each revision makes of the problems below.
  private static let digests = [
    "wholeTable 2": "a0f0c22871da6d3c",
    "miniBatches 3": "5dfba3d0956edc2d",
    "levenbergMarquardt 1": "f4cb882d708a3fa6",
    "frozenFeatures 1": "bb43834b35e2828e",
  ]

  @Test(arguments: TrainingKernel.allCases)
  func `the bytes of a kernel change only with its revision`(kernel: TrainingKernel) {
    var digest = Digest()
    switch kernel {
    case .wholeTable: Self.trainOnTables(&digest)
    case .miniBatches: Self.trainOnBatches(&digest)
    case .levenbergMarquardt: Self.trainBySquaredError(&digest)
    case .frozenFeatures: Self.searchFrozenFeatures(&digest)
    }
    #expect(
      Self.digests[kernel.revision] == digest.digits,
      """
      the kernel \(kernel.rawValue) gives other bytes than its revision did: raise the revision in \
      TrainingKernel.swift, and note the digest \(digest.digits) for it here
      """)
  }

  /// The bit patterns of numbers, one after the other.
  private struct Digest {
    private var bytes: [UInt8] = []

    var digits: String { FNV1a.digits(of: bytes) }

    mutating func add(_ number: UInt64) {
      withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func add(_ numbers: [Double]) { for number in numbers { add(number.bitPattern) } }

    mutating func add(_ result: TrainingResult) {
      add(UInt64(result.epochs))
      add(UInt64(result.score.solvedRows))
      add([result.score.loss, result.margin ?? 0] + result.network.parameters)
    }
  }

  private static let rules: [GradientRule] = [
    .gradientDescent(learningRate: 0.5), .momentum(learningRate: 0.1, momentum: 0.9),
    Problems.adam, .rprop(.init()),
  ]

  /// Trains a network of every activation and both kinds of connections, each with the next optimizer,
  /// start and coding.
  private static func train(
    _ shapes: [(bits: Int, hidden: [Int])], _ activations: [Activation] = Activation.trainable,
    epochs: Int, heldOut: Int = 0, _ digest: inout Digest, _ optimizer: (Int) -> Optimizer
  ) {
    var index = 0
    for (bits, hidden) in shapes {
      for connections in [Connections.sequential, .bridged] {
        for activation in activations {
          let shape = Architecture(
            inputs: bits, hidden: hidden, connections: connections, activation: activation)
          let start = Initialization.allCases[index % Initialization.allCases.count]
          let rows = (0..<1 << bits).map { heldOut > 0 && $0 % heldOut == 1 }
          let table = ParityTable(
            ParityTask(bits: bits, firstRelevant: max(1, bits - index % 2)),
            coding: InputCoding.allCases[index / 2 % 2], heldOut: rows)
          var order = SeededGenerator(seed: UInt64(index), stream: "order")
          digest.add(
            Training.train(
              Problems.network(shape, seed: UInt64(index), start), on: table,
              TrainingSettings(optimizer: optimizer(index), budget: Budget(epochs: epochs)),
              order: &order))
          index += 1
        }
      }
    }
  }

  /// Shapes for one and several blocks of units, tiles and chunks of rows, with and without layers.
  private static func trainOnTables(_ digest: inout Digest) {
    let whole = { (index: Int) in Optimizer.gradient(rules[index % rules.count], batch: .full) }
    train(
      [(1, [2]), (2, [3]), (3, [8]), (5, [9]), (6, [33]), (3, []), (4, [4, 3]), (5, [7, 5, 3])],
      epochs: 5, &digest, whole)
    train([(3, [3]), (4, [5, 2])], epochs: 5, heldOut: 3, &digest, whole)
    train([(8, [9, 7])], [.tanh, .elu], epochs: 2, &digest, whole)
    train([(13, [2])], [.sigmoid, .relu], epochs: 1, &digest, whole)
  }

  private static func trainOnBatches(_ digest: inout Digest) {
    train([(2, [3]), (3, []), (3, [4, 2]), (4, [5])], epochs: 3, &digest) {
      .gradient(rules[$0 % rules.count], batch: .rows(1 + $0 % 5))
    }
    train([(3, [2])], epochs: 3, heldOut: 3, &digest) {
      .gradient(rules[$0 % rules.count], batch: .rows(3))
    }
  }

  private static func trainBySquaredError(_ digest: inout Digest) {
    let rule = { (_: Int) in Optimizer.levenbergMarquardt(.init()) }
    train([(2, [2]), (3, [3]), (3, []), (3, [2, 2]), (4, [3])], epochs: 6, &digest, rule)
    train([(3, [2])], epochs: 6, heldOut: 3, &digest, rule)
  }

  private static func searchFrozenFeatures(_ digest: inout Digest) {
    for activation in Activation.allCases {
      for (bits, seed) in [(2, 1), (3, 2), (4, 3)] as [(Int, UInt64)] {
        let features = FrozenFeatures(activation: activation, bits: bits, seed: seed)
        for labels in [
          DataSet.truthTable(ParityTask(bits: bits)).labels,
          FrozenFeatures.balancedLabels(bits: bits, seed: seed),
        ] {
          for range in [features.usualRange, 1...2] {
            switch features.minimumCount(labels: labels, within: range) {
            case .found(let minimum):
              digest.add(UInt64(minimum.units))
              digest.add([minimum.margin] + minimum.separating.weights)
              digest.add(minimum.refutation?.weights ?? [])
            case .notWithin(let refutation, _):
              digest.add(refutation.weights)
            case .undecided(let units):
              digest.add(UInt64(units))
            }
          }
        }
      }
    }
  }
}
