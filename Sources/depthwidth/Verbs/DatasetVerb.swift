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
      --noise or --label-noise also parity, the label before noise; with --held-out also part,
      training or held-out. Of the whole table, --held-out, --label-noise and --seed draw the rows
      that a trial with heldOut, labelNoise and that seed draws; --k or --subset say its k or relevant.
      The same flags give the same bytes everywhere.
      """,
    flags: [
      Flag(name: "--bits", value: "N", help: "The inputs, 1...30, or to 63 with --sample."),
      Flag(name: "--k", value: "K", help: "The label is the parity of the first K bits."),
      Flag(name: "--subset", value: "LIST", help: "The label is the parity of these bits: 0,2,5."),
      Flag(name: "--sample", value: "COUNT", help: "That many different rows, drawn at random."),
      Flag(name: "--held-out", value: "SHARE", help: "Hold out that share of the rows, 0 to 1."),
      Flag(
        name: "--label-noise", value: "SHARE",
        help: "Flip the labels of that share of the rows not held out, 0 to 1."),
      Flag(name: "--noise", value: "P", help: "Flip each label with that probability, 0 to 1."),
      Flag(name: "--coding", value: "CODING", help: "plusMinusOne or zeroOne (the default)."),
      Flag(
        name: "--seed", value: "SEED", help: "The seed of sample, split and noise; 1 by default."),
      Flag(name: "--output", value: "FILE", help: "Write to FILE in place of stdout."),
    ],
    example: "depthwidth dataset --bits 8 --held-out 0.25 --seed 3 --output parity8.csv",
    run: run)

  /// The most bits of a whole table: 2^30 rows are 77 GB of text.
  private static let tableBits = 30
  /// The most rows of which some are drawn, which is done in memory.
  private static let splitRows = 1 << 24

  @MainActor
  private static func run(_ arguments: Arguments) async throws -> ExitStatus {
    try arguments.noArgument()
    let request = try request(arguments)
    let codings = InputCoding.allCases.map(\.rawValue).joined(separator: " or ")
    let coding =
      try arguments.value("--coding", codings) { InputCoding(rawValue: $0) } ?? .zeroOne
    try write(request, coding, to: OutputFile(arguments.text("--output")))
    return .done
  }

  private static func request(_ arguments: Arguments) throws(UsageError) -> DataSetRequest {
    let limit = arguments.has("--sample") ? ParityTask.maximumBits : tableBits
    let expected =
      "a whole number in 1...\(tableBits), or to \(ParityTask.maximumBits) with --sample"
    let bits = try arguments.value("--bits", expected) {
      Int($0).flatMap { (1...limit).contains($0) ? $0 : nil }
    }
    guard let bits else { throw .missingArgument("--bits N", usage: verb.usage) }
    var request = DataSetRequest(try task(bits, arguments))
    let rows = Int(clamping: request.task.rowCount)
    request.sample = try arguments.whole("--sample", in: 1...min(rows, 100_000_000))
    let share = { (text: String) in Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }
    request.heldOut = try arguments.value("--held-out", "a share from 0 to 1", share)
    request.labelNoise = try arguments.value("--label-noise", "a share from 0 to 1", share)
    for flag in ["--held-out", "--label-noise"] {
      guard let text = arguments.text(flag), request.count > splitRows else { continue }
      throw .badValue(
        flag: flag, found: text,
        expected: "at most \(splitRows) rows with it, not \(request.count)")
    }
    if arguments.has("--noise"), arguments.has("--label-noise") {
      throw .conflict("--noise", "--label-noise")
    }
    request.noise = try arguments.value("--noise", "a probability from 0 to 1", share)
    request.seed = try arguments.value("--seed", "a whole number from 0") { UInt64($0) } ?? 1
    return request
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
  private static func write(
    _ request: DataSetRequest, _ coding: InputCoding, to output: OutputFile
  ) throws(InputError) {
    var header = ["row"] + (0..<request.task.bits).map { "x\($0)" } + ["label"]
    let hasNoise = request.noise != nil || request.labelNoise != nil
    if hasNoise { header.append("parity") }
    if request.heldOut != nil { header.append("part") }
    var piece = CSV.line(header)
    try request.forEach { example throws(InputError) in
      piece += "\(example.row)"
      for input in 0..<request.task.bits {
        piece += ",\(coding.value(ofInput: input, in: example.row))"
      }
      piece += ",\(example.label)"
      if hasNoise { piece += ",\(example.parity)" }
      if request.heldOut != nil { piece += example.isHeldOut ? ",held-out" : ",training" }
      piece += "\n"
      if piece.utf8.count > 1 << 16 {
        try output.write(piece)
        piece = ""
      }
    }
    try output.write(piece)
  }
}
