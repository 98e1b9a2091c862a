import Tables
import Testing

struct CSVTests {
  private func parse(_ text: String) -> CSV.Document { CSV.parse(text.utf8) }

  @Test(arguments: [
    (["a", "b"], "a,b\n"), (["", ""], ",\n"), (["a,b", "c"], "\"a,b\",c\n"),
    (["say \"x\""], "\"say \"\"x\"\"\"\n"), (["\""], "\"\"\"\"\n"),
    (["two\nlines"], "\"two\nlines\"\n"),
    (["a\r"], "\"a\r\"\n"), (["a b", " c"], "a b, c\n"),
  ])
  func `a field is quoted where it must be`(fields: [String], line: String) {
    #expect(CSV.line(fields) == line)
  }

  @Test(arguments: [
    ["a", "b", "c"], ["", "", ""], [""], ["a,b", ",", "c,"], ["\"", "\"\"", "a\"b", "\"a\""],
    ["\n", "a\nb", "\n\n"], ["a\r\nb", "\r\n", "x"], ["\"\n\"", ",\"\n,"], ["é", "n…2", "😀"],
    ["-1", "1e-05", "0.1"],
  ])
  func `fields that were written are read back`(fields: [String]) {
    let document = parse(CSV.line(["head"]) + CSV.line(fields) + CSV.line(["tail"]))
    #expect(document.rows.map(\.fields) == [["head"], fields, ["tail"]])
    #expect(!document.isTorn)
  }

  @Test(arguments: ["a\r", "\r", "a\r\n"])
  func `a carriage return at the end of a quoted field is text`(field: String) {
    #expect(parse(CSV.line(["x", field])).rows.map(\.fields) == [["x", field]])
  }

  @Test(arguments: ["a\"\u{301}b", "\"\u{FE0F}", "\"\u{200D}"])
  func `a quote with a combining mark is doubled like any other`(field: String) {
    #expect(parse(CSV.line([field, "x"])).rows.map(\.fields) == [[field, "x"]])
  }

  @Test func `lines may end with CRLF`() {
    let document = parse("a,b\r\n\"c\r\nd\",e\r\n")
    #expect(document.rows.map(\.fields) == [["a", "b"], ["c\r\nd", "e"]])
    #expect(document.rows.map(\.line) == [1, 2])
  }

  @Test func `a record knows the line it starts on`() {
    let document = parse("a\n\"b\nb\nb\",c\nd\n")
    #expect(document.rows.map(\.line) == [1, 2, 5])
  }

  @Test(arguments: [
    ("", 0), ("a,b", 0), ("a,b\n", 1), ("a,b\nc", 1), ("a,b\nc,", 1), ("a,b\nc,d\n", 2),
    ("a,b\n\"c", 1), ("a,b\n\"c\"", 1), ("a,b\nc\r", 1), ("é\nx", 1),
  ])
  func `a last record without its line feed is left out`(text: String, rows: Int) {
    let document = parse(text)
    #expect(document.rows.count == rows && document.damage == nil)
    #expect(document.isTorn == !(text.isEmpty || text.hasSuffix("\n")))
  }

  @Test(arguments: [
    ("a,b\nc,d\"e\nf,g\n", "line 2, y: found a quote inside a field, expected "),
    ("a,b\nc,\"d\"e\nf,g\n", "line 2, y: found text behind the closing quote, expected "),
    ("a,b\n\"c\" ,d\n", "line 2, x: found text behind the closing quote, expected "),
    // A stray quote takes all that follows up to the next one for text.
    ("a,b\nc,\"d\ne,f\ng,\"h\"\n", "line 2, y: found text behind the closing quote on line 4, "),
    ("a,b\nc,\"d\ne,f\n", "line 2, y: found a quote that no other one closes, expected none, or "),
    ("a,b\n\"c\nd", "line 2, x: found a quote that no other one closes, expected none, or "),
    ("a,b\n\"c\nd\",e", "line 3, y: found the end of a file within a row of two lines, expected "),
    ("a,b\nc\rd,e\n", "line 2, x: found a carriage return, expected a line feed after it"),
    ("a,b\nc\r\r\nd,e\n", "line 2, x: found a carriage return, expected a line feed after it"),
    ("a,b\n\"c\"\r,d\n", "line 2, x: found a carriage return, expected a line feed after it"),
    ("a,b\nc,d,\"e\"f\n", "line 2, field 3: found text behind the closing quote, expected "),
  ])
  func `damage is refused with its line and column, and ends what is read`(
    text: String, sentence: String
  ) throws {
    let document = parse(text)
    #expect(document.rows.map(\.fields) == [["a", "b"]] && !document.isTorn)
    let error = try #require(throws: InputError.self) {
      try document.checkDamage(["x", "y"], file: "t.csv")
    }
    #expect(error.description.hasPrefix("t.csv: \(sentence)"), "\(error.description)")
    #expect(error.description.hasSuffix("; put the line right, or the file back from a copy"))
  }

  @Test func `a file cut at any byte gives its complete records, or is damaged`() {
    let lines = [["k", "a,b"], ["x\"y", "two\nlines"], ["", "é"], ["\"\"", "end"]]
    let text = lines.map(CSV.line).joined()
    let ends = lines.indices.map { lines[...$0].map(CSV.line).joined().utf8.count }
    for length in 0...text.utf8.count {
      let document = CSV.parse(text.utf8.prefix(length))
      let whole = ends.count { $0 <= length }
      #expect(document.rows.map(\.fields) == Array(lines[..<whole]))
      // Nothing is torn off but what follows the last line feed.
      let rest = text.utf8.prefix(length).dropFirst(whole == 0 ? 0 : ends[whole - 1])
      #expect((document.damage != nil) == rest.contains(0x0A))
      #expect(document.isTorn == (!rest.isEmpty && document.damage == nil))
    }
  }

  @Test func `a quote inserted at any byte is refused, or cut off with the last half line`() {
    let text = (1...4).map { CSV.line(["line/n=2/seed=\($0)", "", "0.5", "a,b"]) }.joined()
    let bytes = Array(text.utf8)
    for place in 0...bytes.count {
      let document = CSV.parse(bytes[..<place] + [0x22] + bytes[place...])
      let isTorn = place == bytes.count
      #expect((document.damage == nil) == isTorn, "\(place)")
      #expect(document.rows.count == bytes[..<place].count { $0 == 0x0A } || document.damage == nil)
    }
  }
}
