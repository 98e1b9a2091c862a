import Experiments
import Runs
import Tables
import TestSupport
import Testing

struct PlanCostTests {
  private let wide = #"{ name: "wide", kind: "shallow", widths: 4 }"#

  @Test func `seconds and memory are what a calculation by hand gives`() throws {
    let plan = try smallPlan(bits: "3", seeds: "2", epochs: 100, arms: wide)
    // 4·(3+1) + (4+1) = 21 parameters, 4 of them products; 8 vectors of rows at least. An epoch is
    // 70 + 60 + 1.3·21 + 8·(7 + 4·4 + 0.6·4) ns, the judgement 7000 + 8·(70 + 0.2·16 + 13·4) ns.
    for trial in plan.trials {
      #expect(abs(trial.mostSeconds - (100 * 360.5e-9 + 8001.6e-9)) < 1e-12)
    }
    // 5 bytes · 8 rows + 128 · 21 + 16 KiB · a stack of 3 inputs, 4 units and 1 output.
    #expect(plan.trials.map(\.memory) == [133_800, 133_800])
    #expect(plan.memory(jobs: 1) == 133_800)
    #expect(plan.memory(jobs: 2) == 267_600)
    #expect(plan.memory(jobs: 64) == 267_600)
  }

  @Test func `the memory of mini-batches is five bytes a row and the values of a batch`() throws {
    let arm = #"{ name: "wide", kind: "shallow", widths: 4, batch: 2 }"#
    // Stack: 3 inputs + 4 units + 1 output. 5 · 8 rows + 128 · 21 + 128 · (4 · (8 + 16·3) + 64).
    #expect(try smallPlan(bits: "3", seeds: "1", arms: arm).trials.map(\.memory) == [39_592])
  }

  @Test func `a table of 24 bits in mini-batches asks for less than 200 MB`() throws {
    let arm = #"{ name: "wide", kind: "shallow", widths: 100, batch: 128 }"#
    for trial in try smallPlan(bits: "24", seeds: "1", arms: arm).trials {
      #expect(trial.memory < 100_000_000)
    }
  }

  @Test func `Levenberg-Marquardt adds two matrices and three columns per unit to the memory`()
    throws
  {
    let arm =
      #"{ name: "wide", kind: "shallow", widths: 4, optimizer: "levenbergMarquardt" }"#
    let plan = try smallPlan(bits: "3", seeds: "1", arms: arm)
    // 16 · 21² + 8 · 8 · (3·4 + 5) more than any other.
    #expect(plan.trials.map(\.memory) == [2864 + 7056 + 1088])
  }

  @Test(arguments: ["", ", batch: 2", #", optimizer: "levenbergMarquardt""#, ", heldOut: 0.25"])
  func `every further epoch takes the same time`(settings: String) throws {
    let arm = #"{ name: "wide", kind: "shallow", widths: 4\#(settings) }"#
    let trial = try #require(smallPlan(bits: "4", seeds: "1", epochs: 9, arms: arm).trials.first)
    let times = [0.0, 10, 20].map { trial.seconds(epochs: $0) }
    #expect(times[0] > 0 && times[1] > times[0])
    #expect(abs((times[2] - times[1]) / (times[1] - times[0]) - 1) < 1e-9)
    #expect(trial.mostSeconds == trial.seconds(epochs: 9))
  }

  @Test func `restarts may spend the budget again`() throws {
    let arm = #"{ name: "wide", kind: "shallow", widths: 4, restarts: 2 }"#
    let trial = try #require(smallPlan(bits: "4", seeds: "1", epochs: 9, arms: arm).trials.first)
    #expect(trial.mostEpochs == 27)
  }

  @Test func `what is likely is the time of the epochs that rows of the arm spent`() throws {
    try withTemporaryFolder { path in
      let arm = #"{ name: "wide", kind: "shallow", widths: [4, 5], optimizer: "rprop" }"#
      let plan = try smallPlan(bits: "[2, 3]", seeds: "2", epochs: 400, arms: arm)
      var folder = try RunFolder(writing: path, plan: plan)
      for trial in plan.trials.prefix(2) { try folder.append(trial.finish()) }
      folder.close()
      let estimate = TimeEstimate(rowsIn: ["\(path)/none", path])
      let spent = folder.records.values.compactMap(\.epochs)
      let mean = Double(spent.reduce(0, +)) / Double(spent.count)
      #expect(spent.count == 2 && mean < 400)
      for trial in plan.trials {
        let likely = estimate.likelySeconds(trial)
        #expect(likely == (trial.bits == 2 ? trial.seconds(epochs: mean) : nil))
        #expect(likely ?? 0 <= trial.mostSeconds)
      }
    }
  }

  @Test func `a run takes as long as its longest trial, or as the share of a worker`() {
    #expect(TimeEstimate.span(of: [1, 2, 3], jobs: 1) == 6)
    #expect(TimeEstimate.span(of: [1, 2, 3], jobs: 2) == 3)
    #expect(TimeEstimate.span(of: [9, 1, 1], jobs: 2) == 9)
    #expect(TimeEstimate.span(of: [], jobs: 2) == 0)
  }

  @Test func `the plan as CSV has one line per trial`() throws {
    let plan = try smallPlan(bits: "3", seeds: "[7]", epochs: 100, arms: wide)
    #expect(
      plan.csv == """
        key,arm,n,k,depth,widths,units,parameters,seed,rows,epochs,seconds,memory_bytes
        wide/n=3/widths=4/seed=7,wide,3,3,1,4,4,21,7,8,100,4.4e-05,133800

        """)
  }

  @Test func `a plan beyond the memory is refused in GB`() throws {
    let plan = try smallPlan(
      bits: "30", seeds: "2",
      arms: #"{ name: "line", kind: "logistic", optimizer: "levenbergMarquardt" }"#)
    // Stack: 30 inputs + 1 output. 8 bytes · (3·31 + 30 + 2 + 5) · 2^30 rows + 48 · 31 + 16 · 31².
    #expect(plan.memory(jobs: 1) == 1_116_691_513_824)
    let one = try #require(throws: InputError.self) { try plan.checkMemory(jobs: 1) }
    #expect(
      one.description.hasPrefix(
        "e.json5: needs 1116.7 GB of memory with 1 job, this machine gives "))
    #expect(one.description.hasSuffix(" GB; take fewer --jobs, bits or units"))
    let two = try #require(throws: InputError.self) { try plan.checkMemory(jobs: 2) }
    #expect(two.description.hasPrefix("e.json5: needs 2233.4 GB of memory with 2 jobs, "))
    try smallPlan(bits: "3").checkMemory(jobs: 2)
  }

  @Test(arguments: [("2", "64", "bridged"), ("30", "21", "sequential")])
  func `the largest networks are refused for their memory without a crash`(
    n: String, depth: String, connections: String
  ) async {
    // In a process of its own, for an overflow would end it.
    await #expect(processExitsWith: .success) { [n, depth, connections] in
      let plan = try smallPlan(
        bits: n, seeds: "1",
        arms: """
          {
            name: "huge", kind: "deep", depth: \(depth), widths: "2^24",
            connections: "\(connections)",
          }
          """)
      #expect(throws: InputError.self) { try plan.checkMemory(jobs: 2) }
    }
  }

  @Test func `the fingerprint is a hash of what decides the results`() throws {
    let first = try smallPlan(arms: wide).fingerprint
    #expect(first.count == 16 && first.allSatisfy { $0.isHexDigit })
    #expect(try smallPlan(name: "renamed", arms: wide).fingerprint == first)
    let claim = #"{ claim: "C.", arm: "wide", measure: "success_rate", is: ">", value: 0 }"#
    #expect(try smallPlan(arms: wide, claims: claim).fingerprint == first)
  }

  @Test func `every setting has a fingerprint of its own`() throws {
    let changes = [
      "", "activation: \"relu\"", "connections: \"bridged\"", "initialization: \"he\"",
      "coding: \"zeroOne\"", "optimizer: \"rprop\"", "optimizer: \"momentum\"", "batch: 2",
      "optimizer: { name: \"adam\", learningRate: 0.02 }", "heldOut: 0.25", "k: 1", "epochs: 6",
      "optimizer: { name: \"adam\", beta2: 0.99 }", "optimizer: { name: \"rprop\", increase: 1.1 }",
      "restarts: 1", "restarts: 2", "optimizer: \"levenbergMarquardt\"",
      "initialization: \"counting\"",
      "optimizer: { name: \"levenbergMarquardt\", damping: 0.1 }",
      "optimizer: { name: \"levenbergMarquardt\", factor: 2 }",
      "optimizer: { name: \"levenbergMarquardt\", attempts: 2 }",
      "optimizer: { name: \"levenbergMarquardt\", stalls: 2 }",
    ]
    let arms = changes.map { #"{ name: "wide", kind: "shallow", widths: 4, \#($0) }"# }
    let others = [
      wide.split(separator: "4").joined(separator: "5"),
      wide.split(separator: "\"wide\"").joined(separator: "\"tall\""),
    ]
    var fingerprints = try (arms + others).map { try smallPlan(arms: $0).fingerprint }
    fingerprints.append(try smallPlan(bits: "3", arms: wide).fingerprint)
    fingerprints.append(try smallPlan(seeds: "3", arms: wide).fingerprint)
    #expect(Set(fingerprints).count == fingerprints.count)
  }
}
