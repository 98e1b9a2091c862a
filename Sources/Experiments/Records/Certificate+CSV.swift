package import Tables

extension Certificate {
  /// The columns of certificates.csv: a row is one number of a certificate.
  public static let columns = ["key", "features", "side", "index", "value"]

  /// One field a column, number by number: the shortest decimals that read back as the same.
  package var rows: [[String]] {
    entries.map { [key, "\(units)", side.rawValue, "\($0.index)", "\($0.value)"] }
  }

  /// The certificates in a file, in its order; each stands in one piece, its places ascending.
  package static func read(_ document: CSV.Document, file: String) throws(InputError)
    -> [Certificate]
  {
    var certificates: [Certificate] = []
    var entries: [Entry] = []
    var current: (key: String, units: Int, side: Side)?
    func end() {
      guard let (key, units, side) = current else { return }
      certificates.append(Certificate(key: key, units: units, side: side, entries: entries))
    }
    for row in try document.rows(under: columns, file: file) {
      let fields = try FieldReader(file: file, row: row, columns: columns)
      let next: (key: String, units: Int, side: Side) = (
        fields["key"], try fields.whole("features"), try fields.word("side")
      )
      if current.map({ $0 != next }) ?? true {
        end()
        (current, entries) = (next, [])
      }
      let index = try fields.whole("index")
      if let last = entries.last?.index, index <= last {
        throw fields.unexpected("index", "a place after \(last)")
      }
      guard let value = try fields.number("value") else {
        throw fields.unexpected("value", "a finite number")
      }
      entries.append(Entry(index: index, value: value))
    }
    end()
    return certificates
  }
}
