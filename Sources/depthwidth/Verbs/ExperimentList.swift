import Experiments
import Platform

/// The experiments in experiments/, each with its question.
enum ExperimentList {
  static func print() throws -> ExitStatus {
    guard !Selection.names.isEmpty else {
      throw Selection.noExperiments(expected: Selection.path(ofName: "NAME"))
    }
    var questions: [(String, String)] = []
    var status = ExitStatus.done
    for name in Selection.names {
      do {
        questions.append((name, try Experiment(file: Selection.path(ofName: name)).question))
      } catch {
        status = Terminal.report(error)
      }
    }
    Terminal.write(Wrap.entries(questions, width: Streams.width(of: .output)))
    return status
  }
}
