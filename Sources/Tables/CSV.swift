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
  }

  /// What a text holds.
  public struct Document: Equatable, Sendable {
    /// The complete records.
    public let rows: [Row]
    /// Whether the text ends within a record: its last line end is missing.
    public let isTorn: Bool
    /// The bytes up to the end of the last complete record.
    public let completeBytes: Int
  }

  /// Splits a text into records; a last record without its line end is left out and reported torn.
  public static func parse(_ bytes: some Sequence<UInt8>) -> Document {
    var rows: [Row] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var line = 1
    var start = 1
    var (position, complete) = (0, 0)
    var previous: UInt8 = 0
    for byte in bytes {
      position += 1
      defer { previous = byte }
      switch byte {
      case 0x22:
        // Inside a quoted field a doubled quote closes and opens again: the second one is text.
        if !isQuoted && previous == 0x22 { field.append(byte) }
        isQuoted.toggle()
      case 0x2C where !isQuoted:
        fields.append(text(field))
        field = []
      case 0x0A where !isQuoted:
        if previous == 0x0D { field.removeLast() }
        fields.append(text(field))
        rows.append(Row(line: start, fields: fields))
        (fields, field) = ([], [])
        line += 1
        start = line
        complete = position
      default:
        line += byte == 0x0A ? 1 : 0
        field.append(byte)
      }
    }
    return Document(rows: rows, isTorn: complete < position, completeBytes: complete)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
