import Dispatch
import Networks
import Synchronization
import Testing
import Training

/// Tables that several threads share.
struct CrewTests {
  /// Parts are handed out to so many threads, the last part first.
  private static func crew(_ size: Int) -> Crew {
    Crew(size: size) { parts, work in
      // concurrentPerform asks for a Sendable closure, and `work` is one for parts of their own.
      nonisolated(unsafe) let work = work
      let left = Mutex(parts)
      let members = min(size, parts)
      DispatchQueue.concurrentPerform(iterations: members) { member in
        while true {
          let part = left.withLock { left in
            left -= 1
            return left
          }
          guard part >= 0 else { return }
          // The last member has the first part.
          work(part, members - 1 - member)
        }
      }
    }
  }

  @Test(arguments: [2, 3, 7, 100])
  func `the gradient has the same bits for any crew`(size: Int) {
    // A table of four parts.
    let table = Problems.table(14)
    let shapes: [([Int], Connections, Activation)] = [
      ([2], .sequential, .tanh), ([2], .sequential, .relu), ([2, 1], .sequential, .relu),
      ([1, 1], .bridged, .tanh), ([], .sequential, .relu),
    ]
    for (hidden, connections, activation) in shapes {
      let shape = Architecture(
        inputs: 14, hidden: hidden, connections: connections, activation: activation)
      let network = Problems.network(shape, seed: 5, .glorot)
      let alone = network.evaluation(on: table)
      let shared = network.evaluation(on: table, by: Self.crew(size))
      #expect(shared.gradient == alone.gradient, "\(hidden) \(connections)")
      #expect(shared.solvedRows == alone.solvedRows)
      #expect(shared.isFinite)
    }
  }

  @Test func `a number that is none is seen in any part`() {
    let shape = Architecture(inputs: 13, hidden: [1], activation: .tanh)
    var network = Problems.network(shape, seed: 5, .glorot)
    network.parameters[12] = .nan
    #expect(!network.evaluation(on: Problems.table(13), by: Self.crew(2)).isFinite)
  }
}
