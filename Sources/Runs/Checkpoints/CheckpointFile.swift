import Experiments
import Parity
import Platform

/// A trial on its way, as a file holds it: lines that say what it is, an empty line, then its state as
/// the trial wrote it.
///
/// The lines end with the hash of all else, so that whatever is damaged, cut or made by hand is none.
public struct CheckpointFile: Equatable, Sendable {
  /// The trial's key.
  public let key: String
  /// The hash of everything that decides the trial's result.
  let settings: String
  /// How much of the work is done, and how much there is at most.
  public let done: Int
  /// The most there is to do.
  public let most: Int
  /// What is counted: `epochs`, `rows` or `decisions`.
  public let unit: String
  /// The rows that are right; 0 where that is not known.
  public let right: Int
  /// The time that the trial has taken, in seconds.
  let wallSeconds: Double
  /// The processor time that it has taken, in seconds.
  let cpuSeconds: Double
  /// When it was written, in UTC.
  public let written: String
  /// All of the trial.
  let state: [UInt8]

  private static let format = "depthwidth checkpoint 1"
  private static let names = [
    "key", "settings", "done", "most", "unit", "right", "wall_seconds", "cpu_seconds", "written",
  ]

  init(
    _ trial: any Trial, done: Int, right: Int, wallSeconds: Double, cpuSeconds: Double,
    written: String, state: [UInt8]
  ) {
    key = trial.key
    settings = trial.settingsHash
    (most, unit) = (trial.work.count, trial.work.unit.rawValue)
    (self.done, self.right) = (done, right)
    (self.wallSeconds, self.cpuSeconds) = (wallSeconds, cpuSeconds)
    (self.written, self.state) = (written, state)
  }

  /// The whole file.
  var bytes: [UInt8] {
    let values = [
      key, settings, "\(done)", "\(most)", unit, "\(right)", "\(wallSeconds)", "\(cpuSeconds)",
      written,
    ]
    let lines = [Self.format] + zip(Self.names, values).map { "\($0)=\($1)" }
    let head = Array(lines.map { $0 + "\n" }.joined().utf8)
    return head + Array("hash=\(FNV1a.digits(of: head + state))\n\n".utf8) + state
  }

  /// Reads a file; nil where it is anything but what ``bytes`` wrote.
  init?(_ bytes: [UInt8]) {
    let count = Self.names.count + 2
    var lines: [String] = []
    var (start, headEnd) = (0, 0)
    while lines.count < count {
      guard let end = bytes[start...].firstIndex(of: 0x0A), end - start < 4096 else { return nil }
      if lines.count == count - 1 { headEnd = start }
      lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end + 1
    }
    guard start < bytes.count, bytes[start] == 0x0A, lines[0] == Self.format else { return nil }
    let state = Array(bytes[(start + 1)...])
    guard lines[count - 1] == "hash=\(FNV1a.digits(of: Array(bytes[..<headEnd]) + state))" else {
      return nil
    }
    var values: [Substring] = []
    for (name, line) in zip(Self.names, lines.dropFirst()) {
      guard line.hasPrefix("\(name)=") else { return nil }
      values.append(line.dropFirst(name.count + 1))
    }
    guard let done = Int(values[2]), let most = Int(values[3]), let right = Int(values[5]),
      let wallSeconds = Double(values[6]), let cpuSeconds = Double(values[7])
    else { return nil }
    (key, settings, unit) = (String(values[0]), String(values[1]), String(values[4]))
    (self.done, self.most, self.right) = (done, most, right)
    (self.wallSeconds, self.cpuSeconds) = (wallSeconds, cpuSeconds)
    (written, self.state) = (String(values[8]), state)
  }
}
