import Experiments
import Tables
import Testing

struct FormulaRefusalTests {
  @Test(arguments: [
    ("", FormulaError.endsEarly), ("   ", .endsEarly), ("(", .endsEarly), ("(n", .endsEarly),
    ("2+", .endsEarly), ("2^", .endsEarly), ("-", .endsEarly), ("ceil", .endsEarly),
    ("min(n,", .endsEarly),
    (")", .unexpected(")", position: 1)), ("n)", .unexpected(")", position: 2)),
    ("()", .unexpected(")", position: 2)), ("2 3", .unexpected("3", position: 3)),
    ("n 2", .unexpected("2", position: 3)), ("n % 2", .unexpected("%", position: 3)),
    ("2,3", .unexpected(",", position: 2)), ("(n]", .unexpected("]", position: 3)),
    ("*n", .unexpected("*", position: 1)), ("ceil n", .unexpected("n", position: 6)),
    (".5", .unexpected(".", position: 1)), ("n\t", .unexpected("\t", position: 2)),
    ("2·n", .unexpected("·", position: 2)), ("٣", .unexpected("٣", position: 1)),
    ("x", .unknownName("x")), ("N", .unknownName("N")), ("nn", .unknownName("nn")),
    ("n2", .unknownName("n2")), ("1e5", .unknownName("e5")), ("foo(n)", .unknownName("foo")),
    ("lgo2(n)", .unknownName("lgo2")),
    ("min(n)", .argumentCount(.min, found: 1)), ("ceil(n, 2)", .argumentCount(.ceil, found: 2)),
  ])
  func `a text that is not a formula is refused with what is wrong`(
    text: String, expected: FormulaError
  ) {
    #expect(throws: expected) { try Formula(text) }
  }

  @Test(arguments: [("1..2", 3), ("n+1.2.3", 6), ("2...3", 3)])
  func `a second decimal point is refused where it stands`(text: String, position: Int) {
    #expect(throws: FormulaError.unexpected(".", position: position)) { try Formula(text) }
  }

  @Test func `a digit with a combining accent is refused`() {
    #expect(throws: FormulaError.unexpected("1\u{301}", position: 1)) { try Formula("1\u{301}") }
  }

  @Test func `a formula may have 200 characters and no more`() throws {
    let longest = "n" + String(repeating: " ", count: 199)
    #expect(try Formula(longest).value(atBits: 3) == 3)
    #expect(throws: FormulaError.tooLong(limit: 200)) { try Formula(longest + " ") }
    let deep = String(repeating: "(", count: 100_000)
    #expect(throws: FormulaError.tooLong(limit: 200)) { try Formula(deep) }
  }

  @Test(arguments: [
    ("n/0", 3, FormulaError.dividesByZero(bits: 3)), ("1/(n-2)", 2, .dividesByZero(bits: 2)),
    ("1/-(n-n)", 2, .dividesByZero(bits: 2)), ("0^-1", 2, .dividesByZero(bits: 2)),
    ("2^2000", 2, .overflows(bits: 2)), ("2^(n*n*n)", 30, .overflows(bits: 30)),
    ("2^54", 2, .overflows(bits: 2)), ("-2^54", 2, .overflows(bits: 2)),
    ("2^53*2/4", 2, .overflows(bits: 2)), ("99999999999999999999", 2, .overflows(bits: 2)),
    ("2^0.5", 2, .undefined("2.0^0.5", bits: 2)),
    ("sqrt(-n)", 2, .undefined("sqrt(-2.0)", bits: 2)),
    ("log2(0)", 2, .undefined("log2(0.0)", bits: 2)),
    ("log2(1-n)", 2, .undefined("log2(-1.0)", bits: 2)),
    ("binomial(n, 3)", 2, .undefined("binomial(2.0, 3.0)", bits: 2)),
    ("binomial(n, -1)", 2, .undefined("binomial(2.0, -1.0)", bits: 2)),
    ("binomial(n/4, 0)", 2, .undefined("binomial(0.5, 0.0)", bits: 2)),
    ("binomial(100, 50)", 2, .overflows(bits: 2)),
  ])
  func `a formula without a value is refused`(text: String, n: Int, expected: FormulaError) throws {
    let formula = try Formula(text)
    #expect(throws: expected) { try formula.value(atBits: n) }
    #expect(throws: expected) { try formula.whole(atBits: n) }
  }

  @Test func `a formula that divides by zero at one n has values at the others`() throws {
    #expect(try Formula("1/(n-2)").value(atBits: 3) == 1)
    #expect(try Formula("1/(n-2)").value(atBits: 1) == -1)
  }

  @Test func `a fraction and a value out of range are refused as whole numbers`() throws {
    let formula = try Formula("3n/2")
    #expect(try formula.whole(atBits: 4) == 6)
    #expect(throws: FormulaError.notWhole(4.5, bits: 3)) { try formula.whole(atBits: 3) }
    #expect(throws: FormulaError.outside(6, 1...5, bits: 4)) {
      try formula.whole(atBits: 4, in: 1...5)
    }
    #expect(throws: FormulaError.outside(-4, 0...Int(0x1p53), bits: 4)) {
      try Formula("-n").whole(atBits: 4)
    }
  }

  @Test(arguments: [
    (
      "lgo2(n)",
      "has the unknown name \"lgo2\", expected n or one of ceil, floor, log2, sqrt, min, max, "
        + "binomial; did you mean \"log2\"?"
    ),
    (
      "foo(n)",
      "has the unknown name \"foo\", expected n or one of ceil, floor, log2, sqrt, min, max, binomial"
    ),
    ("n %", "has an unexpected \"%\" at character 3"),
    ("(", "ends too early"),
    ("max(n)", "gives max 1 argument(s), expected 2"),
  ])
  func `the sentence says what is wrong with the text`(text: String, sentence: String) throws {
    let error = try #require(throws: FormulaError.self) { try Formula(text) }
    let message = InputError("e.json5", at: "x", .formula(text, error)).description
    #expect(message == "e.json5: x: the formula \"\(text)\" \(sentence)")
  }

  @Test(arguments: [
    ("n/0", "divides by zero at n = 3"), ("2^60", "overflows at n = 3: expected at most 2^53"),
    ("n/2", "is 1.5 at n = 3, expected a whole number: use ceil(…) or floor(…)"),
    ("9n", "is 27 at n = 3, expected 1...9"),
    ("sqrt(-1)", "asks for sqrt(-1.0) at n = 3, which is not defined"),
  ])
  func `the sentence says what is wrong with the value`(text: String, sentence: String) throws {
    let error = try #require(throws: FormulaError.self) {
      try Formula(text).whole(atBits: 3, in: 1...9)
    }
    let message = InputError("e.json5", at: "x", .formula(text, error)).description
    #expect(message == "e.json5: x: the formula \"\(text)\" \(sentence)")
  }
}
