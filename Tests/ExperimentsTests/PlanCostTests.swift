import Experiments
import Runs
import Tables
import TestSupport
import Testing

struct PlanCostTests {
  private let wide = #"{ name: "wide", kind: "shallow", widths: 4 }"#

  @Test func `work and memory are what a calculation by hand gives`() throws {
    let plan = try smallPlan(bits: "3", seeds: "2", epochs: 100, arms: wide)
    // 4·(3+1) + (4+1) = 21 parameters, 8 rows, 100 epochs.
    #expect(plan.trials.map(\.work) == [16_800, 16_800])
    #expect(plan.work == 33_600)
    // 5 bytes · 8 rows + 128 · 21 + 16 KiB · a stack of 3 inputs, 4 units and 1 output.
    #expect(plan.trials.map(\.memory) == [133_800, 133_800])
    #expect(plan.memory(jobs: 1) == 133_800)
    #expect(plan.memory(jobs: 2) == 267_600)
    #expect(plan.memory(jobs: 64) == 267_600)
  }

  @Test func `the memory of mini-batches is three stacks of values per row`() throws {
    let arm = #"{ name: "wide", kind: "shallow", widths: 4, batch: 2 }"#
    // Stack: 3 inputs + 4 units + 1 output. 8 bytes · (3·8 + 3 + 2) · 8 rows + 48 · 21.
    #expect(try smallPlan(bits: "3", seeds: "1", arms: arm).trials.map(\.memory) == [2864])
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

  @Test func `held-out rows do not count as work`() throws {
    let arm = #"{ name: "line", kind: "logistic", heldOut: 0.25 }"#
    // 6 of 8 rows, 10 epochs, 4 parameters.
    #expect(try smallPlan(bits: "3", seeds: "1", epochs: 10, arms: arm).work == 240)
  }

  @Test func `the plan as CSV has one line per trial`() throws {
    let plan = try smallPlan(bits: "3", seeds: "[7]", epochs: 100, arms: wide)
    #expect(
      plan.csv == """
        key,arm,n,k,depth,widths,units,parameters,seed,rows,epochs,work,memory_bytes
        wide/n=3/widths=4/seed=7,wide,3,3,1,4,4,21,7,8,100,16800,133800

        """)
  }

  @Test func `a plan beyond the memory is refused in GB`() throws {
    let plan = try smallPlan(
      bits: "30", seeds: "2", arms: #"{ name: "line", kind: "logistic", batch: 2 }"#)
    // Stack: 30 inputs + 1 output. 8 bytes · (3·31 + 30 + 2) · 2^30 rows + 48 · 31: 1073.74 GB.
    #expect(plan.memory(jobs: 1) == 1_073_741_825_488)
    let one = try #require(throws: InputError.self) { try plan.checkMemory(jobs: 1) }
    #expect(
      one.description.hasPrefix(
        "e.json5: needs 1073.8 GB of memory with 1 job, this machine gives "))
    #expect(one.description.hasSuffix(" GB; take fewer --jobs, bits or units"))
    let two = try #require(throws: InputError.self) { try plan.checkMemory(jobs: 2) }
    #expect(two.description.hasPrefix("e.json5: needs 2147.5 GB of memory with 2 jobs, "))
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
