import Experiments
import Tables

extension Provenance {
  /// The text of provenance.json.
  var json: String {
    JSONTree.object([
      .init("experiment", .string(experiment)), .init("experimentHash", .string(experimentHash)),
      .init("plan", .string(plan)),
      .init("sessions", .list(sessions.map { .object($0.entries) })),
    ]).text
  }

  /// Reads provenance.json back.
  static func read(_ path: String) throws(InputError) -> Provenance {
    let bytes = try FileText.contents(of: path)
    let value: JSONValue
    do {
      value = try JSON5Parser.parse(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw InputError(
        path, at: "line \(error.line), column \(error.column)", .notJSON5(error.problem))
    }
    return try Provenance(Node(file: path, path: "", value: value))
  }

  private init(_ node: Node) throws(InputError) {
    let object = try node.object(keys: ["experiment", "experimentHash", "plan", "sessions"])
    experiment = try object.required("experiment").string()
    experimentHash = try object.required("experimentHash").string()
    plan = try object.required("plan").string()
    sessions = []
    let entries = try object.required("sessions")
    guard entries.value != .list([]) else { return }
    for entry in try entries.list() { sessions.append(try Session(entry)) }
  }
}

extension Session {
  fileprivate var entries: [JSONTree.Entry] {
    [
      .init("version", .string(version)), .init("commit", .string(commit)),
      .init("compiler", .string(compiler)), .init("system", .string(system)),
      .init("processor", .string(processor)), .init("cores", .whole(cores)),
      .init("jobs", .whole(jobs)), .init("shard", .string(shard)),
      .init("process", .whole(process)), .init("started", .string(started)),
      .init("ended", .string(ended)), .init("trials", .whole(trials)),
      .init("wallSeconds", .number(wallSeconds)), .init("cpuSeconds", .number(cpuSeconds)),
    ]
  }

  fileprivate init(_ node: Node) throws(InputError) {
    let object = try node.object(keys: Session(jobs: 1, started: "").entries.map(\.key))
    func text(_ key: String) throws(InputError) -> String {
      let node = try object.required(key)
      // Empty is what a killed session leaves of its end.
      return node.value == .string("") ? "" : try node.string()
    }
    func seconds(_ key: String) throws(InputError) -> Double {
      try object.required(key).number("seconds") { $0 >= 0 }
    }
    jobs = try object.required("jobs").whole(in: 1...Int.max)
    version = try text("version")
    commit = try text("commit")
    compiler = try text("compiler")
    system = try text("system")
    processor = try text("processor")
    cores = try object.required("cores").whole(in: 1...Int.max)
    shard = try text("shard")
    process = try object.required("process").whole(in: 0...Int.max)
    started = try text("started")
    ended = try text("ended")
    trials = try object.required("trials").whole(in: 0...Int.max)
    wallSeconds = try seconds("wallSeconds")
    cpuSeconds = try seconds("cpuSeconds")
  }
}
