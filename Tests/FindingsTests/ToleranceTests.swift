import Experiments
import Findings
import Runs
import Tables
import Testing

struct ToleranceTests {
  private func isEqual(_ column: String, _ value: String, _ tolerances: String) throws -> Bool {
    var result = false
    try PublishedExample.with(PublishedExample.plan()) { example in
      let place = try #require(Record.format.names.firstIndex(of: column))
      let found = try #require(Double(example.rows(of: .trials)[1][place]))
      let changed = Double(value).map { "\(found * $0)" } ?? value
      try example.change(.trials, line: 2, column, to: changed)
      result = try example.report(tolerances: Tolerances(tolerances)).isEqual
    }
    return result
  }

  @Test(arguments: [
    // The share is one of the greater number: 1.001 is off by 0.000999 of itself.
    ("1.001", "loss=1e-3", true), ("1.001", "loss=9.9e-4", false), ("0.9991", "loss=1e-3", true),
    ("0.998", "loss=1e-3", false), ("1.001", "margin=1e-3", false), ("-1", "loss=1", false),
    ("1.001", "margin=1,loss=0.5", true), ("1.001", "loss=0", false),
    // Something is never near nothing.
    ("", "loss=1", false), ("inf", "loss=1", false), ("nan", "loss=1", false),
  ])
  func `a float may lie as far from the published one as its column allows`(
    factor: String, tolerances: String, allowed: Bool
  ) throws {
    #expect(try isEqual("loss", factor, tolerances) == allowed)
  }

  @Test func `whole numbers and words have no tolerance`() throws {
    let all = Tolerances.columns.map { "\($0)=1" }.joined(separator: ",")
    #expect(try !isEqual("epochs", "2", all))
    #expect(try !isEqual("solved_rows", "0.5", all))
  }

  @Test(arguments: [
    ("epochs=1", Tolerances.Slip.notAFloatColumn("epochs")), ("los=1", .notAFloatColumn("los")),
    ("loss", .notAPair("loss")), ("", .notAPair("")), ("loss=1,", .notAPair("")),
    ("loss=1=2", .notAPair("loss=1=2")), ("loss=-1", .notAShare("-1", column: "loss")),
    ("loss=2", .notAShare("2", column: "loss")), ("loss=", .notAShare("", column: "loss")),
    ("loss=nan", .notAShare("nan", column: "loss")), ("loss=0,loss=1", .twice("loss")),
  ])
  func `a text that is not a list of columns with shares is refused`(
    text: String, slip: Tolerances.Slip
  ) {
    #expect(throws: slip) { try Tolerances(text) }
  }

  @Test func `the columns with a tolerance are those of fractions in the files that are compared`()
  {
    #expect(
      Set(Tolerances.columns) == [
        "accuracy", "loss", "margin", "learning_rate", "success_low", "success_high",
        "best_accuracy", "success_any_low", "success_any_high", "mean_accuracy",
        "mean_train_accuracy", "mean_held_out_accuracy", "best_held_out_accuracy", "value",
        "held_out_loss", "held_out_accuracy",
      ])
    #expect(Set(Tolerances.columns).count == Tolerances.columns.count)
  }
}
