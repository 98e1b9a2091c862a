import Experiments
import Networks
import Parity
import Tables
import TestSupport
import Testing
import Training

struct PlanTests {
  private static let arms = """
    { name: "line", kind: "logistic" },
    { name: "wide", kind: "shallow", widths: [4, 2], optimizer: "rprop" },
    { name: "search", kind: "depthSearch", depths: "0...2", units: 3, bits: [2], epochs: 7 },
    """

  @Test func `trials stand arm by arm, n by n, from small to large, seed by seed`() throws {
    let plan = try smallPlan(bits: "[3, 2]", seeds: "[9, 1]", arms: Self.arms)
    #expect(
      plan.trials.map(\.key) == [
        "line/n=2/depth=0/seed=1", "line/n=2/depth=0/seed=9",
        "line/n=3/depth=0/seed=1", "line/n=3/depth=0/seed=9",
        "wide/n=2/widths=2/seed=1", "wide/n=2/widths=2/seed=9",
        "wide/n=2/widths=4/seed=1", "wide/n=2/widths=4/seed=9",
        "wide/n=3/widths=2/seed=1", "wide/n=3/widths=2/seed=9",
        "wide/n=3/widths=4/seed=1", "wide/n=3/widths=4/seed=9",
        "search/n=2/depth=0/seed=1", "search/n=2/depth=0/seed=9",
        "search/n=2/widths=3/seed=1", "search/n=2/widths=3/seed=9",
        "search/n=2/widths=2x1/seed=1", "search/n=2/widths=2x1/seed=9",
      ])
    #expect(Set(plan.trainings.filter { $0.arm == "search" }.map(\.training.budget.epochs)) == [7])
    #expect(Set(plan.trainings.filter { $0.arm == "wide" }.map(\.training.budget.epochs)) == [5])
  }

  @Test func `every key of the default plan is different`() throws {
    let plan = try Plan(Experiment(file: DefaultExperiment.path))
    #expect(Set(plan.trials.map(\.key)).count == plan.trials.count)
    #expect(plan.trials.allSatisfy { !$0.key.contains(",") && !$0.key.contains("\"") })
  }

  @Test func `sparse parity is named in the key`() throws {
    let arm = #"{ name: "line", kind: "logistic", k: "n-1" }"#
    let plan = try smallPlan(bits: "[2, 3]", seeds: "1", arms: arm)
    #expect(
      plan.trials.map(\.key) == ["line/n=2/k=1/depth=0/seed=1", "line/n=3/k=2/depth=0/seed=1"])
    #expect(plan.trainings.map(\.task.relevant) == [0b1, 0b11])
  }

  @Test func `a deep arm has ceil(log2 n) hidden layers`() throws {
    let arm = #"{ name: "deep", kind: "deep", widths: 3 }"#
    let plan = try smallPlan(bits: #""1...9""#, seeds: "1", arms: arm)
    #expect(plan.trainings.map(\.architecture.depth) == [0, 1, 2, 2, 3, 3, 3, 3, 4])
    #expect(plan.trainings.last?.architecture.hidden == [3, 3, 3, 3])
    // Without a hidden layer there is no width: one trial, not one a width.
    let many = #"{ name: "deep", kind: "deep", widths: "1...5" }"#
    #expect(
      try smallPlan(bits: "1", seeds: "1", arms: many).trainings.map(\.architecture.hidden) == [[]])
  }

  @Test func `a depth search shares its units evenly, the wider layers first`() throws {
    let arm = #"{ name: "s", kind: "depthSearch", depths: "0...5", units: 13 }"#
    let plan = try smallPlan(seeds: "1", arms: arm)
    #expect(
      plan.trainings.map(\.architecture.hidden)
        == [[], [13], [7, 6], [5, 4, 4], [4, 3, 3, 3], [3, 3, 3, 2, 2]])
  }

  @Test func `a depth with fewer units than layers is refused`() throws {
    let arm = #"{ name: "s", kind: "depthSearch", depths: "0...5", units: "2n" }"#
    #expect(
      try refusal(of: experimentText(bits: "[2, 3]", arms: arm))
        == "e.json5: arms[0].depths: found depth 5 with a budget of 4 units at n = 2, "
        + "expected at least one unit in each hidden layer")
  }

  @Test(arguments: [
    (0.25, 3, 2), (0.5, 1, 1), (0.3, 2, 1), (0.4, 2, 2), (0.9, 3, 7), (0.125, 3, 1), (0.2, 4, 3),
  ])
  func `the held-out rows are the share to the nearest row`(share: Double, n: Int, rows: Int) throws
  {
    let arm = #"{ name: "line", kind: "logistic", heldOut: \#(share) }"#
    let trials = try smallPlan(bits: "\(n)", arms: arm).trainings
    #expect(Set(trials.map(\.heldOutRows)) == [rows])
    // Stopping because all rows are right would be looking at the held-out ones.
    #expect(trials.allSatisfy { !$0.training.budget.stopsWhenSolved })
    #expect(try smallPlan(bits: "\(n)").trainings.allSatisfy { $0.training.budget.stopsWhenSolved })
  }

  @Test(arguments: [(0.1, 0), (0.9, 4)])
  func `a share that leaves a side without rows is refused`(share: Double, rows: Int) throws {
    let arm = #"{ name: "line", kind: "logistic", heldOut: \#(share) }"#
    let error = try #require(throws: InputError.self) { try smallPlan(bits: "2", arms: arm) }
    #expect(
      error.description
        == "e.json5: arms[0].heldOut: found \(share), which is \(rows) of 4 rows at n = 2, "
        + "expected at least one row on either side")
  }

  @Test(.timeLimit(.minutes(1)), arguments: [3, 100_000])
  func `more than two million trials are refused before one is made`(widest: Int) throws {
    let arm = #"{ name: "wide", kind: "shallow", widths: "1...\#(widest)" }"#
    let error = try #require(throws: InputError.self) {
      try smallPlan(seeds: "1000000", arms: arm)
    }
    #expect(
      error.description
        == "e.json5: arms[0]: found more than 2000000 trials up to n = 2, "
        + "expected fewer widths, seeds or bits")
  }

  @Test func `overrides take the place of the file's settings`() throws {
    let experiment = try readExperiment(experimentText(bits: "[2, 3]", arms: Self.arms))
    #expect(Overrides().suffix == "")
    var overrides = Overrides()
    (overrides.bits, overrides.seeds, overrides.epochs) = ([2, 4], [5, 6, 7], 3)
    #expect(overrides.suffix == "+bits=2,4+seeds=5...7+epochs=3")
    for (seeds, suffix) in [([1], "+seeds=1"), ([5], "+seeds=5...5"), ([0], "+seeds=0...0")] {
      var one = Overrides()
      one.seeds = seeds
      #expect(one.suffix == suffix)
      #expect(NumberList.seeds(String(suffix.dropFirst("+seeds=".count))) == seeds)
    }
    let plan = try Plan(experiment.overridden(by: overrides))
    #expect(Set(plan.trainings.map(\.seed)) == [5, 6, 7])
    #expect(Set(plan.trainings.map(\.task.bits)) == [2, 4])
    #expect(Set(plan.trainings.map(\.training.budget.epochs)) == [3])
    #expect(try Plan(experiment.overridden(by: Overrides())).csv == Plan(experiment).csv)
  }
}
