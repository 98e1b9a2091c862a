import Experiments
import Platform

/// The command: finds the verb, reads its flags and runs it.
@main
enum DepthWidth {
  static func main() async {
    Program.holdsStandardStreams()
    Program.survivesFailingWrites()
    let status = await run(Array(CommandLine.arguments.dropFirst()))
    do {
      try Streams.flush()
    } catch {
      Terminal.message("error: stdout: cannot be written: \(error.description)")
      Program.end(status: ExitStatus.cannotWrite.rawValue)
    }
    Program.end(status: status.rawValue)
  }

  @MainActor
  private static func run(_ words: [String]) async -> ExitStatus {
    do {
      if words.first == "--version" {
        print("depthwidth \(Tool.version)")
        return .done
      }
      let (verb, rest) = try Verb.named(by: words)
      let arguments = try verb.arguments(rest)
      if arguments.has("--help") {
        print(Help.text(for: verb), terminator: "")
        return .done
      }
      return try await verb.run(arguments)
    } catch {
      return Terminal.report(error)
    }
  }
}
