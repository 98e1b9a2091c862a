import Foundation
import Platform
import Testing

struct ProcessTests {
  @Test func `a lock excludes a second one until it is released`() throws {
    try withFolder { folder in
      let path = "\(folder)/.lock"
      #expect(!FileLock.isHeld(path))
      var lock = try FileLock(path)
      #expect(lock != nil)
      #expect(FileLock.isHeld(path))
      #expect(try FileLock(path) == nil)
      #expect(try FileLock(path, patience: 0.05) == nil)
      lock = nil
      #expect(!FileLock.isHeld(path))
      #expect(try FileLock(path) != nil)
    }
  }

  private func answer(_ words: String..., seconds: Double = 60) throws -> (
    ChildProcess.Ending, String
  ) {
    try ProgramAnswer(words[0], Array(words.dropFirst())).wait(seconds: seconds)
  }

  @Test func `a program's output, its status and its end by a signal`() throws {
    #expect(try answer("echo", "a b", "c") == (.exited(0), "a b c"))
    #expect(try answer("sh", "-c", "echo why; exit 3") == (.exited(3), "why"))
    #expect(throws: SystemError("No such file or directory")) { try answer("no-such-program") }
    let start = ContinuousClock.now
    // Nobody waits for this one, so it is ended.
    _ = try ProgramAnswer("sleep", ["60"])
    #expect(ContinuousClock.now - start < .seconds(30))
    try withFolder { folder in
      for (script, ending) in [
        ("exit 0", ChildProcess.Ending.exited(0)), ("exit 20", .exited(20)),
        ("kill -9 $$", .killed(signal: 9)), ("kill -TERM $$", .killed(signal: 15)),
      ] {
        let output = try NewFile("\(folder)/\(UUID().uuidString)")
        let child = try ChildProcess("sh", ["-c", script], output: output.descriptor)
        #expect(child.wait() == ending)
      }
    }
  }

  @Test func `a program that takes too long is ended`() throws {
    try withFolder { folder in
      let output = try NewFile("\(folder)/output")
      let child = try ChildProcess("sleep", ["60"], output: output.descriptor)
      #expect(child.wait(seconds: 0.05) == .outOfTime)
    }
  }

  @Test(arguments: ["sleep 60; true", "exec >&-; sleep 60; true", "yes; true"])
  func `an answer that takes too long is ended with the programs behind it`(script: String) throws {
    try withFolder { folder in
      let start = ContinuousClock.now
      let (ending, _) = try answer(
        "sh", "-c", "echo $$ >'\(folder)/group'; \(script)", seconds: 0.3)
      #expect(ending == .outOfTime)
      #expect(ContinuousClock.now - start < .seconds(30))
      let text = String(decoding: try Files.contents(of: "\(folder)/group"), as: UTF8.self)
      let group = try #require(Int32(text.dropLast()))
      // Signal 0 asks whether anybody is left; the dead are taken away by whoever adopted them.
      while kill(-group, 0) == 0, ContinuousClock.now - start < .seconds(30) { usleep(1000) }
      #expect(kill(-group, 0) != 0)
    }
  }

  @Test func `cores, memory, system, program and clocks have possible values`() {
    #expect((1...100_000).contains(Machine.cores))
    #expect(MemoryLimit.lowest.bytes > 1 << 26)
    #expect(Machine.peakMemory.map { $0 > 1 << 20 && $0 < MemoryLimit.lowest.bytes } ?? true)
    #expect(!Machine.system.isEmpty)
    #expect(Machine.environment("PATH") == ProcessInfo.processInfo.environment["PATH"])
    #expect(Machine.environment("DEPTHWIDTH_NO_SUCH_VARIABLE") == nil)
    #expect(Machine.program.map(Files.isExecutable) ?? true)
    let formatter = ISO8601DateFormatter()
    let now = formatter.date(from: Clock.utc(Clock.now))
    #expect(now.map { abs($0.timeIntervalSinceNow) < 5 } == true, "\(Clock.utc(Clock.now))")
    let before = (Clock.threadSeconds, Clock.processSeconds)
    #expect((0..<100_000).reduce(0, ^) >= 0)
    #expect(Clock.threadSeconds > before.0 && Clock.processSeconds > before.1)
  }
}
