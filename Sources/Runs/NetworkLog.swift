import Experiments
public import Networks
import Parity
import Platform
import Tables

/// The networks that a run keeps while it goes on, networks.csv beside trials.csv: a line for each, of
/// which networks.safetensors is made in the end.
///
/// Of the solved trainings with one arm, n, depth and number of units it keeps the network of the
/// lowest seed, whatever ended first; of an arm with `weights: true` that of each.
///
/// A line is written before its trial's record. One that is torn, changed or without a record is
/// dropped; a record that lacks its line is dropped too, so that its trial runs again and makes it.
/// Nothing has to wait for the disk therefore: a loss of power costs the time of a trial at most.
public struct NetworkLog: Sendable {
  /// The name of the file.
  static let name = "networks.csv"
  /// Its columns; `weights` has 16 hexadecimal digits for each parameter, `hash` is of the others.
  static let columns = ["key", "settings", "weights", "hash"]

  private let path: String
  /// The arms that keep every solved network.
  private let keepingAll: Set<String>
  private var file: AppendFile?
  /// The networks that are kept, with their records, by key.
  private var held: [String: (record: Record, network: Network)] = [:]
  /// Of each setting the record of the lowest seed among them.
  private var lowest: [SolvedSetting: Record] = [:]
  /// Whether the file has to be written anew before something can be appended.
  private var isStale = true
  /// The keys of the records that were dropped since they have no network here, sorted.
  private(set) var dropped: [String] = []

  /// The file in a folder; nothing is read yet.
  init(in folder: String, _ plan: Plan) {
    path = "\(folder)/\(Self.name)"
    keepingAll = plan.armsKeepingWeights
  }

  /// The network that is kept of a trial.
  public subscript(key: String) -> Network? { held[key]?.network }

  /// Why trials that were done run again, in a sentence; nil where none does.
  public var sentence: String? {
    guard let first = dropped.first else { return nil }
    let trials = dropped.count == 1 ? "1 trial runs" : "\(dropped.count) trials run"
    return "\(trials) again, since \(path) has no network of \(first)"
      + (dropped.count == 1 ? "" : " and others")
  }

  // MARK: Reading

  /// Reads the file, writing nothing, and drops the records that need a network and have none.
  ///
  /// A folder without such a file is an older or a published one. Nothing is dropped then, unless the
  /// file is `required`. Returns the lines of the trials that are `leaving`, one field a column.
  mutating func read(
    _ records: inout [String: Record], leaving: Set<String>, required: Bool
  ) throws(InputError) -> [[String]] {
    let isThere = Files.kind(of: path) != nil
    guard isThere || required else { return [] }
    var left: [[String]] = []
    for line in try isThere ? lines() : [] {
      if leaving.contains(line[0]) { left.append(line) }
      guard let record = records[line[0]], record.settings == line[1],
        let setting = SolvedSetting(record), let network = Self.network(line[2], record),
        hold(network, record, setting)
      else {
        isStale = true
        continue
      }
    }
    let needed = SolvedSetting.lowest(records.values)
    dropped = records.values.filter { record in
      guard held[record.key] == nil, let setting = SolvedSetting(record) else { return false }
      return keepingAll.contains(record.arm) || needed[setting]?.key == record.key
    }.map(\.key).sorted()
    for key in dropped { records[key] = nil }
    return left
  }

  /// The lines that are whole; half a line at the end leaves no trace.
  private mutating func lines() throws(InputError) -> [[String]] {
    var lines: [[String]] = []
    var rest = try FileText.contents(of: path)[...]
    var isFirst = true
    isStale = false
    while let end = rest.firstIndex(of: 0x0A) {
      let fields = String(decoding: rest[..<end], as: UTF8.self)
        .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if isFirst {
        isStale = fields != Self.columns
      } else if fields.count == Self.columns.count, fields[3] == Self.hash(fields) {
        lines.append(fields)
      } else {
        isStale = true
      }
      isFirst = false
      rest = rest[(end + 1)...]
    }
    isStale = isStale || isFirst
    return lines
  }

  private static func network(_ text: String, _ record: Record) -> Network? {
    guard let connections = Connections(rawValue: record.connections),
      let activation = Activation(rawValue: record.activation)
    else { return nil }
    let architecture = Architecture(
      inputs: record.bits, hidden: record.hidden, connections: connections, activation: activation)
    let digits = Array(text.utf8)
    guard digits.count == 16 * architecture.parameters else { return nil }
    var parameters: [Double] = []
    for start in stride(from: 0, to: digits.count, by: 16) {
      let number = String(decoding: digits[start..<(start + 16)], as: UTF8.self)
      guard let word = UInt64(number, radix: 16) else { return nil }
      parameters.append(Double(bitPattern: word))
    }
    return Network(architecture, parameters: parameters)
  }

  // MARK: Writing

  /// Makes the file ready to append to: without the lines that are not kept, and no file at all where
  /// nothing is trained.
  mutating func open(in plan: Plan) throws(InputError) {
    guard plan.trains else {
      return try FileText.writing(path) { () throws(SystemError) in try Files.remove(path) }
    }
    if isStale {
      let lines = held.values.sorted { $0.record.key < $1.record.key }
        .map { Self.line($0.record, $0.network) }
      try FileText.replace(
        path, with: Self.columns.joined(separator: ",") + "\n" + lines.joined(),
        isFlushed: !held.isEmpty)
      isStale = false
    }
    file = try FileText.writing(path) { [path] () throws(SystemError) in try AppendFile(path) }
  }

  /// Keeps the network of a finished trial if it belongs here: before its record is written.
  mutating func append(_ network: Network, of record: Record) throws(InputError) {
    guard let setting = SolvedSetting(record), hold(network, record, setting) else { return }
    guard let file else { preconditionFailure("\(path) is not open to write") }
    let line = Self.line(record, network)
    try FileText.writing(path) { () throws(SystemError) in try file.append(line) }
  }

  /// Brings what was appended to disk at once.
  func flush() throws(InputError) {
    guard let file else { return }
    try FileText.writing(path) { () throws(SystemError) in try file.flush() }
  }

  mutating func close() { file = nil }

  /// Keeps a network, unless one of a lower seed is kept; returns whether it is.
  private mutating func hold(
    _ network: Network, _ record: Record, _ setting: SolvedSetting
  ) -> Bool {
    if let other = lowest[setting] {
      if other.precedes(record) {
        guard keepingAll.contains(record.arm) else { return false }
      } else {
        if !keepingAll.contains(record.arm) { held[other.key] = nil }
        lowest[setting] = record
      }
    } else {
      lowest[setting] = record
    }
    held[record.key] = (record, network)
    return true
  }

  private static func line(_ record: Record, _ network: Network) -> String {
    let weights = network.parameters.map { number in
      let digits = String(number.bitPattern, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    let fields = [record.key, record.settings, weights.joined()]
    return (fields + [hash(fields)]).joined(separator: ",") + "\n"
  }

  private static func hash(_ fields: [String]) -> String {
    FNV1a.digits(of: Array(fields.prefix(3).joined(separator: ",").utf8))
  }
}
