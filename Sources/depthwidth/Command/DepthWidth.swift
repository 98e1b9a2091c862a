import Experiments
import Platform
import Runs

/// The command: finds the verb, reads its flags and runs it.
@main
enum DepthWidth {
  static func main() async {
    Program.holdsStandardStreams()
    Program.survivesFailingWrites()
    if let (needed, limit) = Program.lackOfAddresses() {
      Terminal.message(
        "error: the program needs \(needed >> 20) MB of addresses, \(limit.name) leaves "
          + "\(limit.bytes >> 20) MB")
      Program.end(status: ExitStatus.error.rawValue)
    }
    Program.end(status: await run(Program.arguments).rawValue)
  }

  @MainActor
  private static func run(_ arguments: [String]) async -> ExitStatus {
    guard !arguments.isEmpty else {
      Terminal.message("error: the system hands over no words, not even the program's name")
      return .usage
    }
    let words = Array(arguments.dropFirst())
    do {
      if words.first == "--version" {
        Terminal.line("depthwidth \(Tool.version)")
        return .done
      }
      let (verb, rest) = try Verb.named(by: words)
      let found = try verb.arguments(rest)
      if found.has("--help") {
        Terminal.write(Help.text(for: verb))
        return .done
      }
      return try await verb.run(found)
    } catch {
      return Terminal.report(error)
    }
  }
}
