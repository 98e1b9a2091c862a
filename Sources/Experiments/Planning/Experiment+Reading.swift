import Parity
public import Tables

extension Experiment {
  /// The largest file that is read as an experiment, in bytes.
  private static let sizeLimit = 1_000_000

  /// Reads an experiment file, refusing everything it does not understand.
  public init(file: String) throws(InputError) {
    try self.init(FileText.contents(of: file, limit: Self.sizeLimit), file: file)
  }

  /// Reads an experiment from the bytes of a file; `file` is its name in messages.
  ///
  /// Whether its arms are possible at every n is found out by its ``Plan``.
  public init(_ data: some Collection<UInt8>, file: String) throws(InputError) {
    guard data.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
      throw InputError(file, .isEmpty)
    }
    let root: Node
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InputError(file, .notText)
    }
    do {
      root = Node(file: file, path: "", value: try JSON5Parser.parse(text))
    } catch {
      throw InputError(
        file, at: "line \(error.line), column \(error.column)", .notJSON5(error.problem))
    }
    let object = try root.object(keys: [
      "name", "question", "prediction", "verdict", "bits", "seeds", "budget", "arms", "claims",
      "laws",
    ])
    try object["laws"]?.checkLaws()
    let budget = try object.required("budget").object(keys: ["epochs", "stopWhenSolved"])
    let bits = try object.required("bits").numbers("n", in: Record.bitsRange)
    let arms = try Self.readArms(object.required("arms"), bits)
    self.init(
      name: try object.required("name").folderName(),
      question: try object.required("question").string(),
      prediction: try object.required("prediction").string(),
      verdict: try object["verdict"]?.predictionVerdict(),
      bits: bits,
      conditions: Conditions(
        seeds: try object.required("seeds").seeds(),
        epochs: try budget.required("epochs").whole(in: Conditions.epochRange),
        stopsWhenSolved: try budget["stopWhenSolved"]?.bool() ?? true),
      arms: arms,
      claims: try object["claims"].map { node throws(InputError) in
        try Self.readClaims(node, arms, bits)
      } ?? [],
      file: file, hash: FNV1a.digits(of: Array(data)))
  }

  private static func readArms(_ node: Node, _ bits: [Int]) throws(InputError) -> [Arm] {
    var arms: [Arm] = []
    for entry in try node.list() {
      for arm in try Arm.arms(entry, bits: bits) {
        if arms.contains(where: { $0.name == arm.name }) {
          throw InputError(entry.file, at: entry.path + ".name", .duplicate(arm.name))
        }
        arms.append(arm)
      }
    }
    return arms
  }

  private static func readClaims(
    _ node: Node, _ arms: [Arm], _ bits: [Int]
  ) throws(InputError) -> [Claim] {
    if case .list([]) = node.value { return [] }
    var claims: [Claim] = []
    for entry in try node.list() {
      claims.append(try entry.claim(arms: arms, bits: bits))
    }
    return claims
  }
}

extension Node {
  /// A name that is safe as a folder's name on every system.
  fileprivate func folderName() throws(InputError) -> String {
    let expected = "a name of lower-case letters, digits, - and _"
    let name = try string(expected)
    let allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    guard name.utf8.count <= 100, name.utf8.allSatisfy(allowed.contains), name.first != "-" else {
      throw unexpected(expected)
    }
    // results/runs is where runs work.
    guard name != "runs" else { throw unexpected("any other name, since results/runs is taken") }
    return name
  }

  /// Refuses laws that are anything but texts; they explain, and decide nothing.
  fileprivate func checkLaws() throws(InputError) {
    guard case .object(let entries) = value else { throw unexpected("an object { … }") }
    let laws = try object(keys: Array(entries.keys))
    for name in entries.keys.sorted() { _ = try laws[name]?.string("a law in a sentence") }
  }

  /// How many seeds (numbered from 1), or which.
  fileprivate func seeds() throws(InputError) -> [Int] {
    if case .whole = value { return Array(1...(try whole(in: 1...NumberList.countLimit))) }
    return try numbers(
      "how many seeds, or the seeds", in: NumberList.seedRange, text: NumberList.seeds)
  }
}
