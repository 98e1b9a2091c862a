import Platform
import Synchronization
import Testing

struct ConcurrentlyTests {
  @Test(arguments: [0, 1, 2, 1000])
  func `every element is passed once and has its result in its place`(count: Int) {
    let calls = Atomic(0)
    let squares = Concurrently.map(Array(0..<count)) { element in
      calls.add(1, ordering: .relaxed)
      return element * element
    }
    #expect(squares == (0..<count).map { $0 * $0 })
    #expect(calls.load(ordering: .relaxed) == count)
  }

  @Test func `a result that is nil keeps its place`() {
    #expect(Concurrently.map([1, 2, 3]) { $0 == 2 ? nil : "\($0)" } == ["1", nil, "3"])
  }
}
