public import Experiments
import Platform
public import Tables

/// How long trials take, by what their kinds know and by the epochs that rows like theirs spent.
public struct TimeEstimate: Sendable {
  /// Trials that may be expected to spend as many epochs.
  private struct Place: Hashable {
    let arm: String
    let bits: Int
    /// Nil for all architectures.
    let hidden: [Int]?
  }

  private var epochs: [Place: (sum: Double, rows: Double)] = [:]

  /// Reads the rows of folders, whatever their settings, and what cannot be read not at all; a folder
  /// counts where the ones before have no such rows.
  public init(rowsIn folders: [String]) {
    for folder in folders {
      let file = "\(folder)/\(RunFolder.File.trials.rawValue)"
      let rows = (try? FileText.contents(of: file)).map { CSV.parse($0).rows.dropFirst() } ?? []
      var found = Self(rowsIn: [])
      for record in rows.compactMap({ try? Record($0, file: file) }) { found.add(record) }
      epochs.merge(found.epochs) { first, _ in first }
    }
  }

  private mutating func add(_ record: Record) {
    guard let spent = record.epochs else { return }
    for hidden in [record.hidden, nil] {
      let place = Place(arm: record.arm, bits: record.bits, hidden: hidden)
      let known = epochs[place] ?? (0, 0)
      epochs[place] = (known.sum + Double(spent), known.rows + 1)
    }
  }

  /// The seconds that a trial is likely to take on the machine of the published results: with as many
  /// epochs as rows of its architecture spent, or else of its arm and n; nil where there are none.
  public func likelySeconds(_ trial: any Trial) -> Double? {
    let outline = trial.outline
    let places = [outline.hidden, nil].map { Place(arm: trial.arm, bits: trial.bits, hidden: $0) }
    guard let known = places.lazy.compactMap({ epochs[$0] }).first else { return nil }
    return trial.seconds(epochs: min(known.sum / known.rows, Double(trial.mostEpochs)))
  }

  /// The seconds that a trial is likely to take, at most those of its whole budget where nothing tells.
  public func seconds(_ trial: any Trial) -> Double { likelySeconds(trial) ?? trial.mostSeconds }

  /// The seconds until so many workers have done trials of these lengths, the longest first.
  public static func span(of seconds: [Double], jobs: Int) -> Double {
    max(seconds.reduce(0, +) / Double(jobs), seconds.max() ?? 0)
  }

  /// How many seconds of this machine are one of the machine of the published results: the median
  /// over a few trials, one of each kind, each measured again and again for 30 ms in all.
  public static func pace() throws(InputError) -> Double {
    let plan = try Plan(Experiment(calibration.utf8, file: "calibration"))
    var least = plan.trials.map { _ in Double.infinity }
    let end = Clock.threadSeconds + 0.03
    repeat {
      for (index, trial) in plan.trials.enumerated() {
        let start = Clock.threadSeconds
        let epochs = trial.run().epochs ?? 0
        let seconds = Clock.threadSeconds - start
        least[index] = min(least[index], seconds / trial.seconds(epochs: Double(epochs)))
      }
    } while Clock.threadSeconds < end
    return least.sorted()[least.count / 2]
  }

  private static let calibration = """
    {
      name: "calibration", question: "-", prediction: "-", bits: 6, seeds: 1,
      budget: { epochs: 200, stopWhenSolved: false },
      arms: [
        { name: "shallow", kind: "shallow", widths: 12 },
        { name: "deep", kind: "deep", widths: 8, activation: "relu" },
        { name: "squares", kind: "shallow", widths: 4, optimizer: "levenbergMarquardt", epochs: 50 },
        { name: "frozen", kind: "frozen", activation: "relu" },
        { name: "sums", kind: "constructed", family: "sigmoids" },
      ],
      claims: [],
    }
    """
}
