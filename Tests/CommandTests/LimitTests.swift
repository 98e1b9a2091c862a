import Foundation
import Testing

/// What the system leaves out or limits: the command says so in a sentence, or does without.
@Suite struct LimitTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(smallExperiment, to: "experiments/small/experiment.json5")
    // 184 MB a trial: one fits into what 400 MB leave, two do not.
    try place.write(
      """
      {
        name: "large", question: "Does it fit?", prediction: "Not always.", bits: 17, seeds: 2,
        budget: { epochs: 0 }, arms: [{ name: "wide", kind: "shallow", widths: 16, optimizer: "levenbergMarquardt" }],
      }
      """, to: "large.json5")
  }

  #if os(Linux)
    /// A line in a shell in which nothing is mounted at /proc; nil where the system forbids that.
    private func withoutProc(_ line: String) throws -> Workplace.Outcome? {
      let namespace = "unshare -rm sh -c 'mount -t tmpfs none /proc && \(line)' \"$0\""
      guard try place.shell("unshare -rm sh -c 'mount -t tmpfs none /proc' 2>&1").status == 0 else {
        print("skipped: this system lets nobody unmount /proc")
        return nil
      }
      return try place.shell(namespace)
    }

    @Test func `without /proc every word arrives`() throws {
      guard let version = try withoutProc("\"$0\" --version") else { return }
      #expect(version.status == 0 && version.output.hasPrefix("depthwidth "))
      let data = try withoutProc("\"$0\" dataset --bits 2")
      #expect(data?.output == (try place.run("dataset --bits 2").output))
      let slip = try withoutProc("\"$0\" rnu")
      #expect(slip?.status == 64 && slip?.errors.contains("no verb \"rnu\"") == true)
    }

    @Test func `without /proc a run ends with the same bytes`() throws {
      guard let run = try withoutProc("\"$0\" run small --output bare") else { return }
      #expect(run.status == 0 && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
      #expect(try place.run("run small --output usual").status == 0)
      for file in ["trials.csv", "summary.csv", "claims.csv"] {
        #expect(try place.text("bare/small/\(file)") == place.text("usual/small/\(file)"))
      }
    }

    @Test func `a program started without any word says so`() throws {
      let start = "import os, sys; os.posix_spawn(sys.argv[1], [], {}); print(os.wait()[1] >> 8)"
      // Newer kernels put an empty name in the place of none.
      let outcome = try place.shell("command -v python3 >/dev/null && python3 -c '\(start)' \"$0\"")
      guard outcome.status == 0, outcome.output == "64\n" else { return }
      #expect(outcome.errors.contains("error: the system hands over no words"))
    }

    @Test(arguments: [
      ("-v 400000", "ulimit -v (RLIMIT_AS) gives"), ("-d 300000", "ulimit -d (RLIMIT_DATA) gives"),
    ])
    func `trials beyond a limit on addresses are refused before any work`(
      flag: String, sentence: String
    ) throws {
      let before = place.contents
      let outcome = try place.shell("ulimit \(flag); exec \"$0\" run large.json5 --jobs 2")
      #expect(outcome.status == 65 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("error: large.json5: needs "), "\(outcome.errors)")
      #expect(outcome.errors.contains("MB of memory with 2 jobs, \(sentence) "))
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(place.contents == before)
      let fitting = try place.shell("ulimit \(flag); exec \"$0\" run large.json5 --jobs 1")
      #expect(fitting.status == 0, "\(fitting.errors)")
    }

    @Test func `where not even a thread fits the program says what it needs`() throws {
      let outcome = try place.shell("ulimit -v 60000; exec \"$0\" run small")
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("error: the program needs "), "\(outcome.errors)")
      #expect(outcome.errors.contains("MB of addresses, ulimit -v (RLIMIT_AS) leaves "))
    }
  #endif
}
