public import Circuits
import Platform

/// A SAT solver of the system, run as a program of its own.
///
/// Any solver that follows the rules of the SAT competitions will do: it reads a DIMACS file named as
/// its argument, ends with status 10 or 20 and prints the solution on lines that begin with `v`.
/// Debian and Ubuntu have `apt-get install cadical` (or `picosat`), Homebrew `brew install cadical`.
/// Nothing else in the package needs one.
///
/// A refutation is the solver's word, so a second solver of another family is asked too, one that
/// shares no code with the first: CaDiCaL, Kissat and PicoSAT are Biere's, MiniSat is Eén and
/// Sörensson's, Glucose is made from it, and clasp is Potsdam's.
public struct SATSolver: Hashable, Sendable {
  /// Where the program is.
  public let path: String

  /// What a solver found.
  public enum Answer: Hashable, Sendable {
    /// A solution: entry v − 1 is the value of variable v.
    case satisfiable([Bool])
    /// There is no solution.
    case unsatisfiable
    /// The time ran out first.
    case undecided
  }

  /// What can go wrong with a solver.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// No program can be run at this path.
    case missing(path: String)
    /// The question could not be written or the answer not read; the system's reason.
    case file(reason: String)
    /// The program ended with a status that is no answer.
    case ended(path: String, status: Int32)
    /// The solution it gave does not satisfy the formula.
    case wrongSolution(path: String)
    /// A second solver finds a solution where the first one found that there is none.
    case contradiction(first: String, second: String, question: String)
    /// No program of that name is on the search path.
    case unknown(name: String)

    /// One sentence: what was found, what was expected, what to do.
    public var description: String {
      switch self {
      case .missing(let path):
        "found no SAT solver at \(path); install one, such as `apt-get install cadical`"
      case .file(let reason):
        "the solver's file cannot be used: \(reason)"
      case .ended(let path, let status):
        "\(path) ended with status \(status), expected 10 (satisfiable) or 20 (unsatisfiable)"
      case .wrongSolution(let path):
        "\(path) gave a solution that does not satisfy the formula, expected one that does"
      case .contradiction(let first, let second, let question):
        "\(first) and \(second) contradict each other on \(question): refuted by the first, found "
          + "solvable by the second; one of them is wrong, so take another"
      case .unknown(let name):
        "found no program \(name) on the search path, expected a SAT solver such as minisat "
          + "(Debian: apt install minisat)"
      }
    }
  }

  /// The solver at `path`.
  public init(path: String) { self.path = path }

  /// The first known solver on the search path, if one is installed.
  public static func installed() -> SATSolver? { installed(["cadical", "kissat", "picosat"]) }

  /// The first known solver of another family, if one is installed.
  public static func confirmer() -> SATSolver? { installed(["minisat", "glucose", "clasp"]) }

  /// The solver of that name on the search path, or at that path.
  public init(named name: String) throws(Failure) {
    if name.contains("/") {
      self.init(path: name)
    } else if let found = Self.installed([name]) {
      self = found
    } else {
      throw .unknown(name: name)
    }
  }

  /// The last part of the path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func installed(_ names: [String]) -> SATSolver? {
    let folders = (Machine.environment("PATH") ?? "").split(separator: ":")
    for name in names {
      for folder in folders {
        let path = "\(folder)/\(name)"
        if Files.isExecutable(path) { return SATSolver(path: path) }
      }
    }
    return nil
  }

  /// Asks for a solution, which is checked, and gives up after `seconds` of wall time.
  public func solve(_ formula: CNFFormula, seconds: Double) throws(Failure) -> Answer {
    guard Files.isExecutable(path) else { throw .missing(path: path) }
    let (ending, text) = try run(formula, seconds: seconds)
    switch ending {
    case .outOfTime: return .undecided
    case .exited(20): return .unsatisfiable
    case .exited(10):
      let model = Self.model(in: text, variables: formula.variableCount)
      let isSolution = formula.clauses.allSatisfy { clause in
        clause.contains { model[abs($0) - 1] == ($0 > 0) }
      }
      guard isSolution else { throw .wrongSolution(path: path) }
      return .satisfiable(model)
    case .exited(let status): throw .ended(path: path, status: status)
    // As a shell would say it.
    case .killed(let signal): throw .ended(path: path, status: 128 + signal)
    }
  }

  /// Whether there is no solution: nil where the time, in seconds of wall time, ran out first.
  ///
  /// Only how the program ends is looked at, so it need not print its solution.
  public func refute(_ formula: CNFFormula, seconds: Double) throws(Failure) -> Bool? {
    guard Files.isExecutable(path) else { throw .missing(path: path) }
    switch try run(formula, seconds: seconds).ending {
    case .outOfTime: return nil
    case .exited(20): return true
    case .exited(10): return false
    case .exited(let status): throw .ended(path: path, status: status)
    case .killed(let signal): throw .ended(path: path, status: 128 + signal)
    }
  }

  /// How the program ended and what it printed.
  private func run(
    _ formula: CNFFormula, seconds: Double
  ) throws(Failure) -> (ending: ChildProcess.Ending, text: String) {
    do {
      let folder = try Files.makeTemporaryFolder()
      let question = "\(folder)/question.cnf"
      // A file, not a pipe: a pipe fills up and the solver waits for a reader.
      let answer = "\(folder)/answer.txt"
      defer {
        try? Files.remove(question)
        try? Files.remove(answer)
        try? Files.removeFolder(folder)
      }
      try Files.replace(question, with: Array(formula.dimacs.utf8))
      let output = try NewFile(answer)
      let ending = try ChildProcess(path, [question], output: output.descriptor)
        .wait(seconds: seconds)
      return (ending, String(decoding: try Files.contents(of: answer), as: UTF8.self))
    } catch {
      throw .file(reason: error.description)
    }
  }

  /// The values on the lines that begin with `v`; a variable not mentioned is false.
  private static func model(in text: String, variables: Int) -> [Bool] {
    var model = [Bool](repeating: false, count: variables)
    for line in text.split(separator: "\n") where line.hasPrefix("v") {
      for word in line.split(separator: " ").dropFirst() {
        if let literal = Int(word), literal > 0, literal <= variables { model[literal - 1] = true }
      }
    }
    return model
  }
}
