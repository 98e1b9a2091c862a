import Tables
import Testing

struct SpellingTests {
  private static let words = ["bits", "seeds", "budget", "arms", "activation", "tanh", "relu"]

  @Test(arguments: [
    // One letter replaced, left out, put in, or two swapped.
    ("bots", "bits"), ("bit", "bits"), ("biits", "bits"), ("bist", "bits"), ("tahn", "tanh"),
    ("ars", "arms"), ("seed", "seeds"),
    // Case is no edit.
    ("BITS", "bits"), ("Activation", "activation"),
    // Longer words may hold more slips.
    ("activtaoin", "activation"), ("actvatin", "activation"), ("bugdte", "budget"),
    ("bits", "bits"),
  ])
  func `a slip finds the word that was meant`(word: String, meant: String) {
    #expect(Spelling.nearest(to: word, among: Self.words) == meant)
  }

  @Test(arguments: ["", "x", "boot", "tnah ", "question", "wxyz", "noitavitca"])
  func `a word that is far from all valid words finds none`(word: String) {
    #expect(Spelling.nearest(to: word, among: Self.words) == nil)
  }

  @Test func `of equally near words the first is taken`() {
    #expect(Spelling.nearest(to: "cat", among: ["bat", "hat", "can"]) == "bat")
    #expect(Spelling.nearest(to: "cat", among: ["hat", "bat", "can"]) == "hat")
    #expect(Spelling.nearest(to: "relo", among: ["rely", "relu"]) == "rely")
    #expect(Spelling.nearest(to: "any", among: []) == nil)
  }

  @Test func `the nearest word wins over an earlier one`() {
    #expect(Spelling.nearest(to: "leakyRel", among: ["leakyRexx", "leakyRelu"]) == "leakyRelu")
  }
}
