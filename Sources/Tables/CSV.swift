/// Comma-separated values by RFC 4180, with LF line ends: text in, fields out, and back.
public enum CSV {
  /// One line, its fields quoted where they must be, with the line end.
  public static func line(_ fields: [String]) -> String {
    let size = fields.reduce(1) { $0 + $1.utf8.count + 1 }
    var isPlain = true
    // A sweep writes two of them a trial: the bytes of all fields go straight to their places.
    let line = String(unsafeUninitializedCapacity: size) { line in
      var end = 0
      for var field in fields {
        field.withUTF8 { text in
          for byte in text {
            isPlain = isPlain && !needsQuotes(byte)
            line[end] = byte
            end += 1
          }
        }
        line[end] = 0x2C
        end += 1
      }
      // In place of the last comma.
      end = max(end, 1)
      line[end - 1] = 0x0A
      return end
    }
    return isPlain ? line : fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: needsQuotes) else { return field }
    // By scalars: a quote that carries a mark is another character, but a quote all the same.
    let text = field.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"" + text.joined() + "\""
  }

  /// A record of a file and the line it starts on, counted from 1.
  public struct Row: Equatable, Sendable {
    /// The line in the file.
    public let line: Int
    /// The fields, unquoted.
    public let fields: [String]

    /// A row that starts on a line.
    package init(line: Int, fields: [String]) { (self.line, self.fields) = (line, fields) }
  }

  /// What a text holds.
  public struct Document: Equatable, Sendable {
    /// The complete records, up to the damage where there is some.
    public let rows: [Row]
    /// Whether a record without its line end follows them, which is left out.
    public let isTorn: Bool
    /// The first place that is no CSV.
    public let damage: Damage?
  }

  /// What is no CSV: the line and the number of the field, both counted from 1, and why.
  public struct Damage: Equatable, Sendable {
    let line: Int
    let field: Int
    let found: String
    let expected: String
  }

  /// Splits a text into records, up to what is damaged.
  ///
  /// A quoted field may hold line feeds. Only the bytes after the last line feed can be what a kill
  /// left of a record: a quoted field before it that never ends is damage.
  public static func parse(_ bytes: some Sequence<UInt8>) -> Document {
    var reader = Reader()
    for byte in bytes where reader.damage == nil { reader.take(byte) }
    return reader.end()
  }

  /// Where the byte before stood in its field.
  private enum State { case start, plain, quoted, closed, returned }

  private struct Reader {
    private var rows: [Row] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var state = State.start
    private(set) var damage: Damage?
    private var line = 1
    /// The lines on which the record and the field start.
    private var start = (record: 1, field: 1)

    mutating func take(_ byte: UInt8) {
      switch (state, byte) {
      case (.quoted, 0x22): state = .closed
      case (.quoted, _):
        line += byte == 0x0A ? 1 : 0
        field.append(byte)
      case (.closed, 0x22):
        // A doubled quote.
        field.append(byte)
        state = .quoted
      case (_, 0x0A): endRecord()
      case (.returned, _): damaged("a carriage return", expected: "a line feed after it")
      case (_, 0x0D): state = .returned
      case (_, 0x2C): endField()
      case (.start, 0x22): state = .quoted
      case (.closed, _):
        let place = line > start.field ? " on line \(line)" : ""
        damaged(
          "text behind the closing quote\(place)", expected: "a comma or the end of the line there")
      case (_, 0x22):
        damaged("a quote inside a field", expected: "a field in quotes with every quote doubled")
      default:
        field.append(byte)
        state = .plain
      }
    }

    private mutating func endField() {
      fields.append(String(decoding: field, as: UTF8.self))
      field = []
      state = .start
      start.field = line
    }

    private mutating func endRecord() {
      line += 1
      endField()
      rows.append(Row(line: start.record, fields: fields))
      fields = []
      start.record = line
    }

    private mutating func damaged(_ found: String, expected: String) {
      damage = Damage(line: start.field, field: fields.count + 1, found: found, expected: expected)
    }

    mutating func end() -> Document {
      let isTorn = damage == nil && (state != .start || !fields.isEmpty)
      if isTorn, line > start.record {
        let isOpen = state == .quoted
        damaged(
          isOpen
            ? "a quote that no other one closes" : "the end of a file within a row of two lines",
          expected: isOpen ? "none, or a closing quote" : "a line feed at its end")
      }
      return Document(rows: rows, isTorn: isTorn && damage == nil, damage: damage)
    }
  }
}
