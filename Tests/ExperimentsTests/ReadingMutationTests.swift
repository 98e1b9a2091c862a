import Experiments
import Foundation
import Parity
import Platform
import Tables
import TestSupport
import Testing

struct ReadingMutationTests {
  // One after the other, since the time limit counts the waiting as well.
  @Test(.serialized, .timeLimit(.minutes(1)), arguments: Mutation.seeds)
  func `a mutated experiment is read, or refused with one sentence`(
    seeds: ClosedRange<UInt64>
  ) throws {
    for seed in seeds { try check(seed) }
  }

  private func check(_ seed: UInt64) throws {
    var mutation = Mutation(seed: seed, "experiments")
    var text = try Self.originals[mutation.below(Self.originals.count)].get()
    for _ in 0...mutation.below(4) {
      switch mutation.below(6) {
      case 0: mutation.lines(&text)
      case 1, 2: mutation.key(&text)
      default: mutation.bytes(&text)
      }
    }
    let start = Clock.threadSeconds
    do throws(InputError) {
      let experiment = try Experiment(text, file: "e.json5")
      var overrides = Overrides()
      overrides.seeds = [1]
      _ = try Plan(experiment.overridden(by: overrides))
      #expect(!experiment.arms.isEmpty && !experiment.bits.isEmpty)
      #expect(!experiment.conditions.seeds.isEmpty)
      #expect(Self.unknownKeys(text) == [], "seed \(seed)")
    } catch {
      // One sentence that names the file, whatever was found.
      #expect(error.description.hasPrefix("e.json5: "), "seed \(seed)")
      #expect(error.description.count > 20, "seed \(seed)")
      #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed)")
    }
    #expect(Clock.threadSeconds - start < Mutation.patience, "seed \(seed)")
  }

  /// The experiments of this package: every kind of arm is in one of them.
  private static let originals: [Result<[UInt8], any Error>] = {
    let folder = URL(fileURLWithPath: DefaultExperiment.path).deletingLastPathComponent()
      .deletingLastPathComponent()
    return ["claim", "small-widths", "circuit-depth", "neuron-depth", "frozen"].map { name in
      let file = folder.appendingPathComponent("\(name)/experiment.json5")
      return Result { Array(try Data(contentsOf: file)) }
    } + [.success(Array(options.utf8))]
  }()

  /// The settings that none of them has.
  private static let options = experimentText(
    bits: "[4, 6]",
    arms: """
      {
        name: "deep", kind: "deep", widths: { layers: ["n", "n/2"] }, relevant: [0, "n-1"],
        optimizer: {
          name: "adam", weightDecay: 0.01, decoupled: true,
          schedule: { name: "cosine", warmup: 1, final: 0.1, epochs: 4 },
        },
        labelNoise: 0.1,
        vary: { loss: ["hinge", "squared"], learningRate: [0.01, 0.03] },
      },
      {
        name: "wide", kind: "shallow", widths: 3, curves: true, heldOut: 0.25,
        optimizer: { name: "momentum", schedule: { name: "step", every: 2, factor: 0.5 } },
      },
      """)

  // MARK: A second opinion

  /// The keys that stand where none of that name belongs, found by Foundation's reader of JSON5.
  private static func unknownKeys(_ text: [UInt8]) -> [String] {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    // A byte order mark is white space in JSON5, which Foundation does not know.
    let text = String(decoding: text, as: UTF8.self).replacing("\u{FEFF}", with: " ")
    if let tree = try? decoder.decode(Tree.self, from: Data(text.utf8)) {
      return unknown(in: tree, "")
    }
    // It ends comments at a carriage return, ours does not: then at least every word before a colon
    // is a key that is known somewhere.
    let all = known.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    return wordsBeforeColons(text).filter { !all.contains($0) }
  }

  /// The words, in quotes or not, that a colon follows outside of texts and comments.
  private static func wordsBeforeColons(_ text: String) -> [String] {
    let token = #/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|//[^\n]*|/\*(?s:.*?)\*/|[^\s{}\[\],:'"/]+|:/#
    var words: [String] = []
    var last = ""
    for match in text.matches(of: token) {
      let found = String(match.output)
      if found.hasPrefix("/") { continue }
      if found == ":" { words.append(last.trimmingCharacters(in: ["\"", "'"])) }
      last = found
    }
    return words
  }

  /// What a text in JSON5 holds, as far as keys go.
  private indirect enum Tree: Decodable {
    case object([String: Tree])
    case list([Tree])
    case leaf

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let object = try? value.decode([String: Tree].self) {
        self = .object(object)
      } else if let list = try? value.decode([Tree].self) {
        self = .list(list)
      } else {
        self = .leaf
      }
    }
  }

  private static func unknown(in tree: Tree, _ place: String) -> [String] {
    switch tree {
    case .leaf: []
    case .list(let entries): entries.flatMap { unknown(in: $0, place) }
    case .object(let entries):
      entries.flatMap { key, value in
        (known[place, default: []].contains(key) ? [] : ["\(place).\(key)"])
          + unknown(in: value, key)
      }
    }
  }

  /// The keys as experiments/README.md names them, by the key that the object stands under.
  private static let known: [String: Set<String>] = [
    "": [
      "name", "question", "prediction", "verdict", "bits", "seeds", "budget", "arms", "claims",
      "laws",
    ],
    "verdict": ["prediction", "because"],
    "budget": ["epochs", "stopWhenSolved"],
    "arms": [
      "name", "kind", "activation", "connections", "initialization", "optimizer", "batch",
      "coding", "k", "restarts", "heldOut", "bits", "epochs", "widths", "search", "depth", "depths",
      "units",
      "family", "sample", "labels", "loss", "relevant", "labelNoise", "curves", "weights", "vary",
    ],
    "vary": [
      "activation", "connections", "initialization", "optimizer", "batch", "coding", "k",
      "restarts",
      "heldOut", "epochs", "widths", "search", "depth", "depths", "units", "family", "sample",
      "labels",
      "loss",
      "labelNoise", "curves", "weights", "learningRate", "momentum", "weightDecay", "decoupled",
      "schedule",
    ],
    "schedule": ["name", "warmup", "every", "factor", "final", "epochs"],
    "optimizer": [
      "name", "learningRate", "momentum", "beta1", "beta2", "epsilon", "initialStep", "increase",
      "decrease", "minimumStep", "maximumStep", "damping", "factor", "attempts", "stalls",
      "weightDecay", "decoupled", "schedule",
    ],
    "widths": ["layers", "from", "to", "step", "factor"],
    "depths": ["from", "to", "step", "factor"],
    "claims": ["claim", "arm", "measure", "is", "value", "bits", "depth"],
  ]
}
