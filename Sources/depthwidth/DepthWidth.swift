import Experiments
import Platform
import Runs
import Tables

/// The command: finds the verb, reads its flags, runs it, and turns what went wrong into one line.
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
      if words.isEmpty { return try await RunVerb.run(Arguments([], for: RunVerb.verb)) }
      let (verb, rest) = try Verb.named(by: words)
      let arguments = try Arguments(rest, for: verb)
      if arguments.has("--help") || verb.name == "help" {
        print(try Help.text(for: verb, about: arguments.positional.first), terminator: "")
        return .done
      }
      return try await verb.run(arguments)
    } catch {
      return report(error)
    }
  }

  /// Says what went wrong, in one line, and with which code the program ends.
  static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let error as UsageError:
      Terminal.message("error: \(error.description)")
      return .usage
    case let error as InputError:
      Terminal.message("error: \(error.description)")
      return error.status
    default:
      Terminal.message("error: \(error)")
      return .error
    }
  }
}
