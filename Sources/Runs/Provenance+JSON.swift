import Experiments
import Tables

extension Provenance {
  /// The text of provenance.json.
  var json: String {
    let sessions = sessions.map { session in
      JSONText.object(session.entries, indent: "    ")
    }
    return JSONText.object(
      [
        ("experiment", JSONText.string(experiment)),
        ("experimentHash", JSONText.string(experimentHash)),
        ("plan", JSONText.string(plan)),
        ("sessions", JSONText.list(sessions, indent: "  ")),
      ], indent: "") + "\n"
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
  fileprivate var entries: [(String, String)] {
    [
      ("version", JSONText.string(version)), ("commit", JSONText.string(commit)),
      ("compiler", JSONText.string(compiler)), ("system", JSONText.string(system)),
      ("processor", JSONText.string(processor)), ("cores", "\(cores)"), ("jobs", "\(jobs)"),
      ("shard", JSONText.string(shard)), ("process", "\(process)"),
      ("started", JSONText.string(started)),
      ("ended", JSONText.string(ended)), ("trials", "\(trials)"),
      ("wallSeconds", "\(wallSeconds)"), ("cpuSeconds", "\(cpuSeconds)"),
    ]
  }

  fileprivate init(_ node: Node) throws(InputError) {
    let object = try node.object(keys: Session(jobs: 1, started: "").entries.map(\.0))
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

/// JSON, two spaces a level, keys in the order given.
private enum JSONText {
  static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  static func object(_ entries: [(String, String)], indent: String) -> String {
    let lines = entries.map { "\(indent)  \"\($0.0)\": \($0.1)" }
    return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
  }

  static func list(_ values: [String], indent: String) -> String {
    guard !values.isEmpty else { return "[]" }
    return "[\n" + values.map { "\(indent)  \($0)" }.joined(separator: ",\n") + "\n\(indent)]"
  }
}
