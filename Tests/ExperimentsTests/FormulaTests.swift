import Experiments
import Testing

struct FormulaTests {
  /// The integer arithmetic each formula stands for.
  private static let integers: [(String, @Sendable (Int) -> Int)] = [
    ("n", { $0 }),
    ("2n", { 2 * $0 }),
    ("2^(n-1)", { 1 << ($0 - 1) }),
    ("3(n-1)", { 3 * ($0 - 1) }),
    // The width of the binary numeral of n − 1 is the least d with 2^d >= n.
    ("ceil(log2(n))", { Int.bitWidth - ($0 - 1).leadingZeroBitCount }),
    ("floor(log2(n))", { Int.bitWidth - 1 - $0.leadingZeroBitCount }),
    ("log2(2^n)", { $0 }),
    ("sqrt(n^2)", { $0 }),
    ("binomial(n+1, 2)", { $0 * ($0 + 1) / 2 }),
    ("floor(n/2)", { $0 / 2 }),
    ("min(n, 7)", { $0 < 7 ? $0 : 7 }),
    ("max(n, 7)", { $0 > 7 ? $0 : 7 }),
  ]

  @Test(arguments: FormulaTests.integers.indices, 1...30)
  func `a formula agrees with integer arithmetic`(index: Int, n: Int) throws {
    let (text, expected) = Self.integers[index]
    #expect(try Formula(text).whole(atBits: n) == expected(n), "\(text) at n = \(n)")
  }

  @Test(arguments: [
    ("7", 3, 7.0), ("0.5", 3, 0.5), ("1.25", 3, 1.25), ("  n  +  1 ", 3, 4),
    // Strength and direction.
    ("1+2*3", 3, 7), ("(1+2)*3", 3, 9), ("10-3-2", 3, 5), ("16/4/2", 3, 2), ("2*3^2", 3, 18),
    ("2^3^2", 3, 512), ("(2^3)^2", 3, 64), ("2^-2", 3, 0.25), ("2^-1*4", 3, 2), ("1-2+3", 3, 2),
    // A sign in front.
    ("-n", 3, -3), ("--n", 3, 3), ("-n^2", 3, -9), ("(-n)^2", 3, 9), ("2*-n", 3, -6),
    ("5--2", 3, 7),
    ("-2^2", 3, -4),
    // A product without its sign is a product like any other.
    ("2n", 3, 6), ("1/2n", 3, 1.5), ("2n^2", 3, 18), ("2(n+1)", 3, 8), ("(n+1)(n-1)", 3, 8),
    ("n(n-1)/2", 3, 3), ("n n", 3, 9), ("2 n", 3, 6), ("3ceil(n/2)", 3, 6), ("-2n", 3, -6),
    ("2^2n", 3, 12), ("2n(n+1)n", 3, 72),
    // Functions.
    ("ceil(-n/2)", 3, -1), ("floor(-n/2)", 3, -2), ("max(n, 2^n)", 3, 8), ("min(-1, n)", 3, -1),
    ("sqrt(n+1)", 3, 2), ("log2(1/8)", 3, -3), ("log2(1)", 3, 0), ("log2(2^53)", 3, 53),
    ("binomial(5, 2)", 3, 10), ("binomial(n, 0)", 3, 1), ("binomial(n, n)", 3, 1),
    ("binomial(0, 0)", 3, 1), ("binomial(30, 15)", 3, 155_117_520),
    ("binomial(50, 25)", 3, 126_410_606_437_752), ("0^0", 3, 1), ("0*n", 3, 0),
    ("2^53", 3, 0x1p53), ("1^5000", 3, 1),
  ])
  func `operators, signs and functions have their precedence and value`(
    text: String, n: Int, expected: Double
  ) throws {
    #expect(try Formula(text).value(atBits: n) == expected)
  }

  @Test func `a power with an exponent in the thousands has its value`() throws {
    #expect(try Formula("(-1)^2001").value(atBits: 2) == -1)
    #expect(try Formula("(-1)^(2^n-1)").value(atBits: 12) == -1)
    // 0.999^5000 = e^(5000 ln 0.999) = 0.00672111195986…
    let small = try Formula("0.999^5000").value(atBits: 2)
    #expect(abs(small - 0.006_721_111_959_86) < 1e-12)
  }

  @Test func `a formula keeps its text and can be made from a whole number`() throws {
    #expect(try Formula(" 2 n").text == " 2 n")
    #expect(Formula(12).text == "12")
    #expect(try Formula(12).whole(atBits: 5) == 12)
    #expect(try Formula("2n") == Formula("2n"))
  }

  @Test func `parentheses and signs may be nested as deep as a formula is long`() throws {
    let nested = String(repeating: "(", count: 99) + "n" + String(repeating: ")", count: 99)
    #expect(try Formula(nested).value(atBits: 4) == 4)
    #expect(try Formula(String(repeating: "-", count: 199) + "n").value(atBits: 4) == -4)
    #expect(try Formula("1" + String(repeating: "^1", count: 99)).value(atBits: 4) == 1)
    #expect(try Formula("1" + String(repeating: "-1", count: 99)).value(atBits: 4) == -98)
  }
}
