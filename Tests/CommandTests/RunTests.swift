import Foundation
import Testing

@Suite struct RunTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
  }

  @Test func `a run trains, prints the table and leaves the CSV files`() throws {
    let outcome = try place.run("run small")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("units that solve every row"))
    #expect(outcome.output.contains("2^(n-1)"))
    #expect(outcome.output.contains("holds      A line has its limit."))
    let trials = try place.text("results/runs/small/trials.csv").split(separator: "\n")
    // Two n, three seeds: 1 line + 3 shallow + 1 deep + 3 depths, and the header.
    #expect(trials.count == 1 + 2 * 3 * (1 + 3 + 1 + 3))
    let summary = try place.text("results/runs/small/summary.csv").split(separator: "\n")
    #expect(summary.count == 1 + 2 * (1 + 1 + 1 + 3))
    let claims = try place.text("results/runs/small/claims.csv").split(separator: "\n")
    #expect(claims.count == 3)
  }

  @Test func `a run says how long it took, to two digits where it is quick`() throws {
    let start = Date.now
    let outcome = try place.run("run small --bits 2 --seeds 1")
    let wall = Date.now.timeIntervalSince(start)
    let said = try #require(outcome.errors.firstMatch(of: /8 trials in ([\d.]+) s\n/)).1
    let seconds = try #require(Double(said))
    #expect(seconds > 0 && seconds < wall * 1.1, "\(said) of \(wall) s")
    #expect(seconds >= 10 || said.contains("."))
  }

  @Test func `any number of workers writes the same bytes`() throws {
    for jobs in [1, 2, 7] {
      #expect(try place.run("run small --jobs \(jobs) --output jobs\(jobs)").status == 0)
    }
    for file in ["trials.csv", "summary.csv", "claims.csv"] {
      let one = try place.text("jobs1/small/\(file)")
      #expect(try place.text("jobs2/small/\(file)") == one)
      #expect(try place.text("jobs7/small/\(file)") == one)
      #expect(!one.contains(place.folder.path))
      #expect(!one.contains(ProcessInfo.processInfo.hostName))
      #expect(!one.contains("20\(Calendar.current.component(.year, from: .now) % 100)-"))
    }
  }

  @Test(arguments: [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
  func `no message is written into a file where a standard stream is closed`(closed: String) throws
  {
    _ = try place.run("run small --output open")
    let outcome = try place.shell("exec \"$0\" run small --output closed \(closed)")
    // Without stdout the report cannot be printed.
    #expect(outcome.status == (closed.contains(" >&-") || closed.hasPrefix(">") ? 73 : 0))
    for file in ["trials.csv", "summary.csv", "claims.csv"] {
      #expect(try place.text("closed/small/\(file)") == place.text("open/small/\(file)"))
    }
    #expect(try place.text("closed/small/.lock") == "")
    // A message in timings.csv would be refused as no row.
    #expect(try place.run("run small --output closed").status == 0)
  }

  @Test func `a finished run is not trained again unless told to`() throws {
    _ = try place.run("run small")
    let trials = try place.text("results/runs/small/trials.csv")
    let again = try place.run("run small")
    #expect(again.status == 0)
    #expect(again.errors.contains("48 of 48 trials are already in results/runs/small"))
    #expect(try place.text("results/runs/small/trials.csv") == trials)
    let fresh = try place.run("run small --fresh")
    #expect(fresh.errors.contains("48 trials in"))
    #expect(try place.text("results/runs/small/trials.csv") == trials)
  }

  @Test func `overrides work in a folder of their own`() throws {
    let outcome = try place.run("run small --bits 2 --seeds 2 --epochs 5")
    #expect(outcome.status == 0 || outcome.status == 2)
    let trials = try place.text("results/runs/small+bits=2+seeds=1...2+epochs=5/trials.csv")
    #expect(trials.split(separator: "\n").count == 1 + 2 * 8)
    #expect(!place.exists("results/runs/small"))
  }

  /// Starts a run, does something to it once it has saved a number of trials, and waits for its end.
  private func interrupted(
    _ words: [String], after trials: Int, _ disturb: (Process) -> Void
  ) throws -> Workplace.Outcome {
    let running = try place.start(words)
    let file = "results/runs/small/trials.csv"
    let deadline = Date.now.addingTimeInterval(60)
    while Date.now < deadline,
      (try? place.text(file))?.split(separator: "\n").count ?? 0 <= trials
    {
      Thread.sleep(forTimeInterval: 0.01)
    }
    disturb(running.process)
    return try running.wait()
  }

  @Test func `a run stopped by signals goes on to the same bytes`() throws {
    // Seconds of work in either build, so that each signal finds it running.
    #if DEBUG
      let epochs = 2_000
    #else
      let epochs = 200_000
    #endif
    let long = smallExperiment.replacingOccurrences(of: "epochs: 60", with: "epochs: \(epochs)")
    try place.write(long, to: "experiments/small/experiment.json5")
    let words = ["run", "small", "--jobs", "2"]
    let trials = "results/runs/small/trials.csv"
    var saved = 0
    for (signal, status) in [(SIGINT, 130), (SIGTERM, 75), (SIGUSR1, 75)] as [(Int32, Int32)] {
      let stopped = try interrupted(words, after: saved + 2) {
        kill($0.processIdentifier, signal)
      }
      #expect(stopped.status == status)
      #expect(stopped.errors.contains("the same command goes on with the others"))
      if saved > 0 { #expect(stopped.errors.contains("\(saved) of 48 trials are already in")) }
      saved = try place.text(trials).split(separator: "\n").count - 1
      #expect(saved < 48)
      #expect(stopped.errors.contains("\(saved) of 48 trials are saved in"))
    }
    let resumed = try place.run(words: words)
    #expect(resumed.errors.contains("\(saved) of 48 trials are already in"))
    let whole = try place.run("run small --output uninterrupted")
    #expect(whole.status == resumed.status)
    #expect(try place.text(trials) == place.text("uninterrupted/small/trials.csv"))
  }

  @Test func `a second Ctrl-C does not wait for the trials in flight`() throws {
    let long = smallExperiment.replacingOccurrences(of: "epochs: 60", with: "epochs: 900000000")
      .replacingOccurrences(of: "kind: \"logistic\"", with: "kind: \"logistic\", epochs: 1")
    try place.write(long, to: "experiments/small/experiment.json5")
    let running = try place.start(["run", "small", "--jobs", "2"])
    Thread.sleep(forTimeInterval: 1)
    let start = Date.now
    for _ in 0..<2 {
      kill(running.process.processIdentifier, SIGINT)
      Thread.sleep(forTimeInterval: 0.1)
    }
    let stopped = try running.wait()
    #expect(stopped.status == 130)
    #expect(Date.now.timeIntervalSince(start) < 1.5, "the moment for trials in flight is 2 s")
    #expect(stopped.errors.contains("interrupted: "))
  }

  /// One process that worked on a run, as provenance.json tells of it.
  private struct Session: Decodable {
    let commit, started, ended: String
    let trials: Int
    let wallSeconds, cpuSeconds: Double
  }

  private func sessions(_ folder: String) throws -> [Session] {
    struct Provenance: Decodable { let sessions: [Session] }
    let data = Data(try place.text("\(folder)/provenance.json").utf8)
    return try JSONDecoder().decode(Provenance.self, from: data).sessions
  }

  @Test(
    arguments: [
      ([SIGINT, SIGINT], 130), ([SIGINT], 130), ([SIGTERM], 75), ([SIGUSR1], 75),
    ] as [([Int32], Int32)])
  func `a run that gives trials in flight up has noted its session, and all rows`(
    signals: [Int32], status: Int32
  ) throws {
    _ = try place.run("run small --output whole")
    let whole = try #require(try sessions("whole/small").first)
    // Of the trained arms only the line ends, after one epoch.
    let endless = smallExperiment.replacing("epochs: 60", with: "epochs: 900000000")
      .replacing("kind: \"logistic\"", with: "kind: \"logistic\", epochs: 1")
      .replacing(
        "arms: [", with: "arms: [ { name: \"tree\", kind: \"circuit\", family: \"xorTree\" },")
    try place.write(endless, to: "experiments/small/experiment.json5")
    var saved = 0
    for session in 0..<2 {
      let running = try place.start(["run", "small", "--jobs", "3"])
      Thread.sleep(forTimeInterval: 1)
      for signal in signals {
        kill(running.process.processIdentifier, signal)
        Thread.sleep(forTimeInterval: 0.1)
      }
      let stopped = try running.wait()
      #expect(stopped.status == status)
      let rows = try place.text("results/runs/small/trials.csv").split(separator: "\n").count - 1
      #expect(stopped.errors.contains(": \(rows) of 50 trials are saved in"))
      let noted = try sessions("results/runs/small")
      try #require(noted.count == session + 1)
      #expect(noted[session].trials == rows - saved)
      #expect(noted[session].ended >= noted[session].started)
      #expect(noted[session].commit == whole.commit)
      #expect(noted[session].wallSeconds > 0 && noted[session].cpuSeconds > 0)
      saved = rows
    }
  }

  @Test func `a run stops by itself within its time budget`() throws {
    let long = smallExperiment.replacingOccurrences(of: "epochs: 60", with: "epochs: 900000000")
    try place.write(long, to: "experiments/small/experiment.json5")
    let start = Date.now
    let stopped = try place.run("run small --time-budget 1s")
    #expect(stopped.status == 75)
    #expect(Date.now.timeIntervalSince(start) < 2)
    #expect(stopped.errors.contains("stopped after the time budget of 1s: "))
    #expect(try sessions("results/runs/small").map(\.ended.isEmpty) == [false])
  }

  @Test func `shards merge to the bytes of a run in one piece`() throws {
    for line in [
      "run small --shard 2/3 --output parts", "run small --shard 1/3 --output parts --jobs 1",
    ] { #expect(try place.run(line).status == 0) }
    #expect(try place.run("status small --output parts").status == 3)
    let array = try place.run("status small --output parts --missing-as-array")
    #expect(array.output == "3\n" && array.status == 3)
    let early = try place.run("merge small --output parts")
    #expect(early.status == 3 && early.errors.contains("in the shards 3;"))
    #expect(!place.exists("parts/small/trials.csv"))
    #expect(try place.run("run small --shard 3/4 --output parts").status == 65)
    #expect(try place.run("run small --output parts").status == 65)
    #expect(try place.run("run small --shard 3/3 --output parts").status == 0)
    #expect(try place.run("merge small --output parts").status == 0)
    let done = try place.run("status small --output parts")
    #expect(done.status == 0 && done.output.contains("all    48      48    0"))
    _ = try place.run("run small")
    for file in ["trials.csv", "summary.csv", "claims.csv"] {
      #expect(try place.text("parts/small/\(file)") == place.text("results/runs/small/\(file)"))
    }
  }

  @Test func `a second run in the same folder is refused until the first one ends`() throws {
    let long = smallExperiment.replacingOccurrences(of: "epochs: 60", with: "epochs: 400000")
    try place.write(long, to: "experiments/small/experiment.json5")
    let running = try place.start(["run", "small"])
    let deadline = Date.now.addingTimeInterval(60)
    while Date.now < deadline, !place.exists("results/runs/small/trials.csv") {
      Thread.sleep(forTimeInterval: 0.01)
    }
    for line in ["run small", "run small --fresh"] {
      let second = try place.run(line)
      #expect(second.status == 73)
      #expect(second.errors.contains("another run works in this folder"))
    }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.wait()
    // The lock ends with its process, even one that is killed: the folder can be used at once.
    let other = try place.start(["run", "small"])
    Thread.sleep(forTimeInterval: 0.5)
    #expect(other.process.isRunning)
    kill(other.process.processIdentifier, SIGKILL)
    _ = try other.wait()
  }

  @Test func `a claim that fails makes the run exit with 2`() throws {
    let wrong = smallExperiment.replacingOccurrences(of: "value: 0.75", with: "value: 0.25")
    try place.write(wrong, to: "experiments/small/experiment.json5")
    let outcome = try place.run("run small")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("fails      A line has its limit."))
    #expect(outcome.output.contains("expected best_accuracy <= 0.25, found n=2: 0.5; n=3: 0.5"))
  }

  @Test func `a pipe gets neither escape codes nor carriage returns`() throws {
    let outcome = try place.run("run small")
    for text in [outcome.output, outcome.errors] {
      #expect(!text.contains("\u{1B}"))
      #expect(!text.contains("\r"))
    }
  }
}
