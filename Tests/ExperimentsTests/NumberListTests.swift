import Experiments
import Testing

struct NumberListTests {
  @Test(arguments: [
    ("5", [5]), ("2...5", [2, 3, 4, 5]), (" 2 ... 3 ", [2, 3]), ("4...4", [4]),
    ("8,2,4", [2, 4, 8]), ("1, 30", [1, 30]),
  ])
  func `a list or a range of numbers is read in ascending order`(text: String, expected: [Int]) {
    #expect(NumberList.parse(text, in: 1...30) == expected)
  }

  @Test(arguments: [
    "", " ", ",", "2,", ",2", "2,,3", "2;3", "two", "2.5", "2..5", "5...2", "0...3", "2...31", "0",
    "31", "2,2", "2...5,7", "...", "2...", "...5", "99999999999999999999", "2 3",
  ])
  func `a text that is not a list of different numbers in the range is refused`(text: String) {
    #expect(NumberList.parse(text, in: 1...30) == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a range of more than a million numbers is refused`() {
    let range = NumberList.seedRange
    #expect(NumberList.parse("1...1000000", in: range)?.count == 1_000_000)
    #expect(NumberList.parse("0...1000000", in: range) == nil)
    #expect(NumberList.parse("0...1000000000", in: range) == nil)
  }
}
