import Experiments
import Parity
import Tables

/// `dataset`: a parity data set as CSV.
enum DatasetVerb {
  static let verb = Verb(
    name: "dataset",
    summary: "Write a parity data set as CSV: whole table, subset of bits, sample, split, noise.",
    usage: "dataset --bits N [FLAGS]",
    details: """
      Columns: row (the input assignment as a number, bit i is input i), x0 … x(n-1), label; with
      --noise also parity, the label before noise; with --held-out also part, training or held-out.
      The same flags give the same bytes everywhere.
      """,
    flags: [
      Flag(name: "--bits", value: "N", help: "The inputs, 1...30, or to 63 with --sample."),
      Flag(name: "--k", value: "K", help: "The label is the parity of the first K bits."),
      Flag(name: "--subset", value: "LIST", help: "The label is the parity of these bits: 0,2,5."),
      Flag(name: "--sample", value: "COUNT", help: "That many different rows, drawn at random."),
      Flag(name: "--held-out", value: "SHARE", help: "Hold out that share of the rows, 0 to 1."),
      Flag(name: "--noise", value: "P", help: "Flip each label with that probability, 0 to 1."),
      Flag(name: "--coding", value: "CODING", help: "plusMinusOne or zeroOne (the default)."),
      Flag(name: "--seed", value: "SEED", help: "The seed of sample, split and noise; 1."),
      Flag(name: "--output", value: "FILE", help: "Write to FILE in place of stdout."),
    ],
    example: "depthwidth dataset --bits 4 --held-out 0.25 --output parity4.csv",
    run: run)

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    try arguments.noArgument()
    let settings = try DatasetSettings(arguments, verb)
    let output = try OutputFile(arguments.text("--output"))
    try settings.write { try output.write($0) }
    return .done
  }
}

/// The flags of `dataset`, read and checked.
struct DatasetSettings {
  private let task: ParityTask
  private let sample: Int?
  private let heldOut: Double?
  private let noise: Double?
  private let coding: InputCoding
  private let seed: UInt64

  /// A whole table of more bits would be longer than anyone reads.
  private static let tableBits = 30
  /// A split draws its rows in memory.
  private static let splitRows = 1 << 24

  init(_ arguments: Arguments, _ verb: Verb) throws(UsageError) {
    let limit = arguments.has("--sample") ? ParityTask.maximumBits : Self.tableBits
    let expected =
      "a whole number in 1...\(Self.tableBits), or to \(ParityTask.maximumBits) with --sample"
    let bits = try arguments.value("--bits", expected) {
      Int($0).flatMap { (1...limit).contains($0) ? $0 : nil }
    }
    guard let bits else {
      throw .missingArgument("--bits N", verb: verb)
    }
    task = try Self.task(bits, arguments)
    let rows = Int(clamping: task.rowCount)
    sample = try arguments.whole("--sample", in: 1...min(rows, 100_000_000))
    let share = { (text: String) in Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }
    heldOut = try arguments.value("--held-out", "a share from 0 to 1", share)
    if heldOut != nil, (sample ?? rows) > Self.splitRows {
      throw .conflict("--held-out", "more than \(Self.splitRows) rows")
    }
    noise = try arguments.value("--noise", "a probability from 0 to 1", share)
    let codings = InputCoding.allCases.map(\.rawValue).joined(separator: " or ")
    coding = try arguments.value("--coding", codings) { InputCoding(rawValue: $0) } ?? .zeroOne
    seed = try arguments.value("--seed", "a whole number from 0") { UInt64($0) } ?? 1
  }

  private static func task(_ bits: Int, _ arguments: Arguments) throws(UsageError) -> ParityTask {
    if arguments.has("--k"), arguments.has("--subset") { throw .conflict("--k", "--subset") }
    if let k = try arguments.whole("--k", in: 0...bits) {
      return ParityTask(bits: bits, firstRelevant: k)
    }
    let indices = try arguments.value("--subset", "different bits in 0...\(bits - 1): 0,2,5") {
      NumberList.parse($0, in: 0...(bits - 1))
    }
    guard let indices else { return ParityTask(bits: bits) }
    return ParityTask(bits: bits, relevant: indices.reduce(0) { $0 | 1 << UInt64($1) })
  }

  /// Writes the header and all rows, a piece at a time.
  func write(to sink: (String) throws -> Void) throws {
    var header = ["row"] + (0..<task.bits).map { "x\($0)" } + ["label"]
    if noise != nil { header.append("parity") }
    if heldOut != nil { header.append("part") }
    try sink(CSV.line(header))

    let rows = sampledRows
    let count = rows?.count ?? Int(task.rowCount)
    let held = heldOutRows(of: count)
    var noiseGenerator = SeededGenerator(seed: seed, stream: "noise")
    var piece = ""
    for index in 0..<count {
      let row = rows?[index] ?? UInt64(index)
      let clean = task.label(of: row)
      let isFlipped = noise.map { noiseGenerator.unit() < $0 } ?? false
      piece += "\(row)"
      for input in 0..<task.bits {
        piece += ",\(coding.value(ofInput: input, in: row))"
      }
      piece += ",\(isFlipped ? 1 - clean : clean)"
      if noise != nil { piece += ",\(clean)" }
      if let held { piece += held[index] ? ",held-out" : ",training" }
      piece += "\n"
      if piece.utf8.count > 1 << 16 {
        try sink(piece)
        piece = ""
      }
    }
    try sink(piece)
  }

  /// The rows drawn; nil for the whole table, which is not held in memory.
  private var sampledRows: [UInt64]? {
    sample.map {
      var generator = SeededGenerator(seed: seed, stream: "sample")
      return DataSet.sample(task, count: $0, using: &generator).rows
    }
  }

  private func heldOutRows(of rows: Int) -> [Bool]? {
    heldOut.map {
      var generator = SeededGenerator(seed: seed, stream: "split")
      var held = [Bool](repeating: false, count: rows)
      for row in generator.distinct(Int(($0 * Double(rows)).rounded()), below: UInt64(rows)) {
        held[Int(row)] = true
      }
      return held
    }
  }
}
