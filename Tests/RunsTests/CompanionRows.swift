import Experiments
import Runs
import Tables

extension RunFolder.File {
  static let certificates = RunFolder.File(rawValue: Companion.certificates.name)
  static let curves = RunFolder.File(rawValue: Companion.curves.name)
}

private func numbered(_ rows: [[String]]) -> [CSV.Row] {
  rows.enumerated().map { CSV.Row(line: $0.offset + 1, fields: $0.element) }
}

extension RunFolder {
  func certificates(of key: String) throws -> [Certificate] {
    try Certificate.read(numbered(rows(of: key, in: .certificates)), file: "certificates.csv")
  }
}

extension Finished {
  var certificates: [Certificate] {
    get throws {
      try Certificate.read(
        numbered(companions[Companion.certificates.name] ?? []), file: "certificates.csv")
    }
  }

  var curve: [CurvePoint] {
    get throws {
      try CurvePoint.read(numbered(companions[Companion.curves.name] ?? []), file: "curves.csv")
    }
  }
}
