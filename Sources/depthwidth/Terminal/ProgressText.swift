import Experiments
import Runs
import Tables

/// What progress says of a run, in as many columns as there are.
struct ProgressText {
  /// The trials that are done, and all.
  let done: Int
  let total: Int
  /// The share of the work that is done.
  let share: Double
  /// The trials a second.
  let rate: Double
  /// The seconds that are left; nil where nothing tells.
  let left: Double?
  /// The trial that has been on its way for the longest time; nil where none has been for long.
  let longest: Flights.Position?

  /// One line with a bar, and of the longest trial what there is room for.
  func line(width: Int) -> String {
    var text = status
    guard width - text.count - 4 >= 5 else { return String(text.prefix(width - 1)) }
    // The bar keeps ten columns, or what the others leave.
    for piece in [percent] + details where width - text.count - piece.count - 2 >= 14 {
      text += "  \(piece)"
    }
    let room = min(40, width - text.count - 4)
    let filled = Int(Double(room) * min(share, 1))
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: room - filled)
    return "[\(bar)] \(text)"
  }

  /// All of it, for a line of its own.
  var plain: String {
    guard let longest, !details.isEmpty else { return "\(status)  \(percent)" }
    return "\(status)  \(percent)  \(longest.trial.key): \(details.joined(separator: ", "))"
  }

  private var status: String {
    let text = "\(done)/\(total)  \(rateText)"
    return left.map { "\(text)  \(Duration.estimated($0)) left" } ?? text
  }

  /// The rate in the unit that makes it one of some digits.
  private var rateText: String {
    let units = [(1.0, "s"), (60, "min"), (3600, "h")]
    let (factor, unit) = units.first { rate * $0.0 >= 0.1 } ?? units[rate > 0 ? 2 : 0]
    let shown = rate * factor
    return (shown < 10 ? "\(shown.rounded(places: 1))" : "\(Int(shown.rounded()))") + "/\(unit)"
  }

  private var percent: String { "\(Int(100 * min(share, 1)))%" }

  /// Where the longest trial is.
  private var details: [String] {
    guard let longest else { return [] }
    let work = longest.trial.work
    let place = "\(longest.done)/\(work.count)"
    switch work.unit {
    case .rows: return ["row \(place)"]
    case .decisions: return ["decision \(place)"]
    case .epochs:
      let outline = longest.trial.outline
      let rows = outline.trainRows ?? outline.rows ?? 0
      let loss = longest.loss.map { [$0 < 0.001 ? "loss <0.001" : "loss \($0.rounded(places: 3))"] }
      // Rows are not judged before the end where nothing asks for it.
      let right = longest.right > 0 ? ["\(longest.right)/\(rows) rows right"] : []
      return ["epoch \(place)"] + (loss ?? []) + right
    }
  }
}
