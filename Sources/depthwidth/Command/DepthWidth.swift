import Experiments
import Platform

/// The command: finds the verb, reads its flags and runs it.
@main
enum DepthWidth {
  static func main() async {
    Program.holdsStandardStreams()
    Program.survivesFailingWrites()
    Program.end(status: await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  @MainActor
  private static func run(_ words: [String]) async -> ExitStatus {
    do {
      if words.first == "--version" {
        Terminal.line("depthwidth \(Tool.version)")
        return .done
      }
      let (verb, rest) = try Verb.named(by: words)
      let arguments = try verb.arguments(rest)
      if arguments.has("--help") {
        Terminal.write(Help.text(for: verb))
        return .done
      }
      return try await verb.run(arguments)
    } catch {
      return Terminal.report(error)
    }
  }
}
