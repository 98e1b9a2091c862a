/// The smallest width of a list that succeeds with a probability of one half, looked for upward.
///
/// Each width is trained from seed after seed, in waves: twelve first, then a quarter more of what there
/// is. After a wave the width is confirmed, which ends the search, or refuted, or it gets a further wave;
/// one that the seeds do not decide is left undecided. What is asked for next depends on what
/// the trainings before came to and on nothing else.
package struct WidthSearch: Sendable {
  /// How many trainings of a width there are after a further wave.
  package static func trainings(after count: Int, of most: Int) -> Int {
    min(count == 0 ? 12 : count + count / 4, most)
  }

  /// One trial of each width, from narrow to wide.
  let widths: [any Trial]
  /// The trial of a width, by its place, and of a seed.
  private let trial: @Sendable (_ width: Int, _ seed: Int) -> any Trial
  /// The seeds that may be asked for, in order.
  let seeds: Seeds
  /// How a width is decided.
  let test: HalfTest

  /// The trials that were asked for, width by width, seed by seed.
  private(set) var trials: [any Trial] = []
  /// The place of the width that is being decided; that behind the last where the search is over.
  private var width = 0
  /// The trainings of this width that were asked for.
  private var asked = 0
  /// Those of them that solved every row.
  private var successes = 0
  /// Those of them that have no record.
  private var open: Set<String> = []

  /// Seeds in an order.
  enum Seeds: Sendable {
    /// 1, 2, … up to a number.
    case upTo(Int)
    /// These.
    case these([Int])

    var count: Int {
      switch self {
      case .upTo(let count): count
      case .these(let seeds): seeds.count
      }
    }

    subscript(place: Int) -> Int {
      switch self {
      case .upTo: place + 1
      case .these(let seeds): seeds[place]
      }
    }
  }

  /// A search that has asked for its first wave; `bits` is the number of n that its arm speaks of.
  init(
    widths: Int, seeds: Seeds, bits: Int,
    trial: @escaping @Sendable (_ width: Int, _ seed: Int) -> any Trial
  ) {
    precondition(widths > 0 && seeds.count > 0, "a search without widths or seeds")
    (self.seeds, self.trial) = (seeds, trial)
    self.widths = (0..<widths).map { trial($0, seeds[0]) }
    test = HalfTest(bits: bits, widths: widths)
    askForWave()
  }

  /// Everything that decides what is asked for, in words.
  var settings: String {
    widths.map(\.settingsHash).joined(separator: "\n")
      + "\nsearch of \(seeds.count) seeds from \(seeds[0]), odds \(test.confirming) \(test.refuting)"
  }

  /// Takes note of a record; returns the trials that are asked for now.
  mutating func take(_ record: Record) -> ArraySlice<any Trial> {
    guard open.remove(record.key) != nil else { return [] }
    successes += record.outcome == .solved ? 1 : 0
    let count = trials.count
    if open.isEmpty { goOn() }
    return trials[count...]
  }

  /// Takes note of all records that there are, wave by wave; those of other settings ask for nothing.
  mutating func grow(by records: [String: Record]) {
    var known = 0
    while known < trials.count {
      let wave = trials[known...].compactMap { trial in
        records[trial.key].flatMap { $0.settings == trial.settingsHash ? $0 : nil }
      }
      known = trials.count
      for record in wave { _ = take(record) }
    }
  }

  /// Decides the width after a wave.
  private mutating func goOn() {
    let verdict = test.verdict(successes: successes, trainings: asked)
    if verdict == .confirmed {
      width = widths.count
      return
    }
    if verdict == .refuted || asked == seeds.count {
      width += 1
      (asked, successes) = (0, 0)
    }
    askForWave()
  }

  private mutating func askForWave() {
    guard width < widths.count else { return }
    let next = Self.trainings(after: asked, of: seeds.count)
    let wave = (asked..<next).map { trial(width, seeds[$0]) }
    trials += wave
    open = Set(wave.map(\.key))
    asked = next
  }
}
