import Experiments
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
  func `what is written is read`(fields: [String]) {
    let document = parse(CSV.line(["head"]) + CSV.line(fields) + CSV.line(["tail"]))
    #expect(document.rows.map(\.fields) == [["head"], fields, ["tail"]])
    #expect(!document.isTorn)
  }

  @Test(arguments: ["a\r", "\r", "a\r\n"])
  func `a carriage return at the end of a quoted field is text`(field: String) {
    #expect(parse(CSV.line(["x", field])).rows.map(\.fields) == [["x", field]])
  }

  @Test(arguments: ["a\"\u{301}b", "\"\u{FE0F}", "\"\u{200D}"])
  func `a quote that carries a mark is a quote`(field: String) {
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
    ("", 0, 0), ("a,b", 0, 0), ("a,b\n", 1, 4), ("a,b\nc", 1, 4), ("a,b\nc,d\n", 2, 8),
    ("a,b\n\"c\nd\n", 1, 4), ("a,b\n\"c\nd\"", 1, 4), ("é\nx", 1, 3),
  ])
  func `a torn last line is left out`(text: String, rows: Int, bytes: Int) {
    let document = parse(text)
    #expect(document.rows.count == rows)
    #expect(document.completeBytes == bytes)
    #expect(document.isTorn == (bytes < text.utf8.count))
  }

  @Test func `torn at any byte, the complete records are what was written before`() {
    let lines = [["k", "a,b"], ["x\"y", "two\nlines"], ["", "é"], ["\"\"", "end"]]
    let text = lines.map(CSV.line).joined()
    let ends = lines.indices.map { lines[...$0].map(CSV.line).joined().utf8.count }
    for length in 0...text.utf8.count {
      let document = CSV.parse(text.utf8.prefix(length))
      let whole = ends.count { $0 <= length }
      #expect(document.rows.map(\.fields) == Array(lines[..<whole]))
      #expect(document.completeBytes == (whole == 0 ? 0 : ends[whole - 1]))
    }
  }
}
