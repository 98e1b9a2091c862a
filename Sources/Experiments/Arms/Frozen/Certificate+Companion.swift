package import Tables
import Training

/// One number of a certificate: a row of certificates.csv.
private struct CertificateNumber {
  var key = ""
  var features = 0
  var side = Certificate.Side.weights
  var index = 0
  var value = 0.0

  static let format = TableFormat<CertificateNumber>([
    .text("key", \.key, "The trial's key in trials.csv."),
    .whole("features", \.features, "The frozen units it is about; the constant comes on top."),
    .word(
      "side", \.side,
      "`weights`: weights of the units that separate all rows; `refutation`: convex weights of "
        + "rows, which show that no weights of the units separate them."),
    .whole("index", \.index, "Of `weights` the unit, 0 for the constant; else the row."),
    .number("value", \.value, "Its weight; rows of weight 0 are left out."),
  ])
}

extension Certificate {
  /// Its rows in certificates.csv, one field a column.
  var rows: [[String]] {
    entries.map {
      CertificateNumber.format.fields(
        CertificateNumber(
          key: key, features: units, side: side, index: $0.index, value: $0.value))
    }
  }

  /// The certificates that some rows of a file make up; the places of each ascend.
  package static func read(_ rows: [CSV.Row], file: String) throws(InputError) -> [Certificate] {
    var certificates: [Certificate] = []
    var entries: [Entry] = []
    var current: CertificateNumber?
    func end() {
      guard let current else { return }
      certificates.append(
        Certificate(
          key: current.key, units: current.features, side: current.side, entries: entries))
    }
    for row in rows {
      let number = try CertificateNumber.format.read(row, into: CertificateNumber(), file: file)
      let isNew = current.map { ($0.features, $0.side) != (number.features, number.side) } ?? true
      if isNew {
        end()
        entries = []
      } else if let last = entries.last?.index, number.index <= last {
        throw Field(row.fields[3], file: file, line: row.line, column: "index")
          .unexpected("a place after \(last)")
      }
      current = number
      entries.append(Entry(index: number.index, value: number.value))
    }
    end()
    return certificates
  }
}

extension Companion {
  /// certificates.csv: the numbers that prove what frozen trials found.
  public static let certificates = Companion(
    "certificates.csv", CertificateNumber.format.description,
    isKept: { $0 is FrozenTrial },
    flaw: { trial, record, rows, isCut, file throws(InputError) in
      guard let trial = trial as? FrozenTrial else { return nil }
      let expected = trial.certificates(of: record)
      let found = try Certificate.read(rows, file: file)
      let isWhole =
        found.map(\.side) == expected.map(\.side) && found.map(\.units) == expected.map(\.units)
        && found.allSatisfy { $0.isWhole(rows: trial.features.rowCount, isCut: isCut) }
      guard !isWhole else { return nil }
      return expected.isEmpty
        ? "no certificate"
        : "the whole certificates "
          + expected.map { "\($0.side.rawValue) of \($0.units) features" }.joined(
            separator: " and ")
    })
}
