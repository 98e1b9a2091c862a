import Experiments
import Parity
import Platform
import Tables

/// The checkpoints of a run's trials, `checkpoints/` inside its folder: a file for each trial on its
/// way, there until the trial's row is on disk.
///
/// What is no checkpoint of a trial that is to be run is never gone on from: it is set aside beside,
/// and a sentence says so.
public struct CheckpointFolder: Sendable {
  /// The name of the folder.
  static let name = "checkpoints"
  private static let ending = ".checkpoint"

  /// The folder.
  let path: String
  /// The checkpoints that trials can go on from, by key.
  private(set) var found: [String: CheckpointFile] = [:]
  /// The files that are set aside when the run begins, each with the reason.
  private var foreign: [(file: String, reason: String)] = []
  /// The files that nobody needs: those of finished trials, and half of a new one.
  private var left: [String] = []

  /// The folder inside that of a run; nothing is read yet.
  init(in folder: String) { path = "\(folder)/\(Self.name)" }

  /// How many trials go on from a checkpoint.
  public var count: Int { found.count }

  /// Reads what is there, writing nothing; `finished` are the keys that have a row.
  mutating func read(_ plan: Plan, finished: (String) -> Bool) {
    let names = Files.names(in: path)
    guard !names.isEmpty else { return }
    let trials = plan.trialsByKey
    for file in names {
      let path = "\(path)/\(file)"
      if file.hasSuffix("\(Self.ending).new") { left.append(path) }
      guard file.hasSuffix(Self.ending) else { continue }
      guard let bytes = try? Files.contents(of: path), let found = CheckpointFile(bytes),
        path == self.path(of: found.key)
      else {
        foreign.append((path, "it is damaged or of another version"))
        continue
      }
      guard !finished(found.key) else {
        left.append(path)
        continue
      }
      guard let trial = trials[found.key] else {
        foreign.append((path, "the experiment has no trial \(found.key)"))
        continue
      }
      guard trial.settingsHash == found.settings else {
        foreign.append((path, "the settings of \(found.key) have changed"))
        continue
      }
      self.found[found.key] = found
    }
  }

  /// What becomes of the files that no trial goes on from, before that is done; a sentence each.
  public var sentences: [String] {
    foreign.map { "\($0.file) is set aside and not gone on from: \($0.reason)" }
  }

  /// Sets aside what no trial goes on from, and removes what nobody needs.
  mutating func begin() throws(InputError) {
    for (file, _) in foreign { try setAside(file) }
    for file in left {
      try FileText.writing(file) { () throws(SystemError) in try Files.remove(file) }
    }
    (foreign, left) = ([], [])
  }

  /// Sets aside the file of a trial that cannot go on from it, whatever its hash says; returns a
  /// sentence.
  func refuse(_ key: String) throws(InputError) -> String {
    let file = path(of: key)
    try setAside(file)
    return "\(file) is set aside and not gone on from: it holds no state of \(key)"
  }

  private func setAside(_ file: String) throws(InputError) {
    var number = 1
    while Files.kind(of: "\(file).set-aside-\(number)") != nil { number += 1 }
    try FileText.writing(file) { () throws(SystemError) in
      try Files.move(file, to: "\(file).set-aside-\(number)")
    }
  }

  /// Writes a checkpoint to disk, all or nothing, in place of the one before.
  func write(_ file: CheckpointFile) throws(InputError) {
    let target = path(of: file.key)
    try FileText.writing(target) { () throws(SystemError) in
      try Files.makeFolder(path)
      try Files.replace(target, with: file.bytes)
      Files.synchronize(folder: path)
    }
  }

  /// Whether a trial has a checkpoint on disk.
  func has(_ key: String) -> Bool { Files.kind(of: path(of: key)) != nil }

  /// Removes the checkpoint of a trial, if there is one.
  func remove(_ key: String) throws(InputError) {
    let file = path(of: key)
    try FileText.writing(file) { () throws(SystemError) in try Files.remove(file) }
  }

  /// Removes the folder if nothing is in it any more.
  func removeIfEmpty() { try? Files.removeFolder(path) }

  /// Removes every checkpoint; what was set aside stays.
  func removeAll() throws(InputError) {
    for file in Files.names(in: path)
    where file.hasSuffix(Self.ending) || file.hasSuffix("\(Self.ending).new") {
      let file = "\(path)/\(file)"
      try FileText.writing(file) { () throws(SystemError) in try Files.remove(file) }
    }
    removeIfEmpty()
  }

  /// The checkpoints that are there, whatever trials they are of, writing nothing.
  static func all(in folder: String) -> [CheckpointFile] {
    let path = Self(in: folder).path
    return Files.names(in: path).filter { $0.hasSuffix(ending) }.compactMap {
      (try? Files.contents(of: "\(path)/\($0)")).flatMap { CheckpointFile($0) }
    }
  }

  private func path(of key: String) -> String {
    "\(path)/\(FNV1a.digits(of: Array(key.utf8)))\(Self.ending)"
  }
}
