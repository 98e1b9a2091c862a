package import Tables

/// A kind of arm: what a file says of it, and the trials it makes of that.
package protocol ArmSettings: Sendable {
  /// The words for it in files.
  static var kinds: [String] { get }
  /// The keys of an arm with one of these words, beside those that every arm has.
  static func keys(of kind: String) -> [FileKey]
  /// A key whose object has settings of its own, which an arm may vary as if they were its own.
  static var nested: NestedKeys? { get }
  /// Reads an arm with one of these words, all of whose keys are known.
  init(_ kind: String, _ object: ObjectNode) throws(InputError)

  /// Every key of the arm with its value, also where that is the default, in the order of
  /// ``keys(of:)``; a key without a default is left out where it is absent.
  func written(_ conditions: Conditions) -> [JSONTree.Entry]
  /// What the words of the arm mean.
  var laws: [Law] { get }

  /// The n that the arm can speak about.
  var possibleBits: ClosedRange<Int> { get }
  /// Whether the arm compares depths and chooses one.
  var choosesDepth: Bool { get }
  /// Whether the network of every solved trial is kept, not only those behind a minimum.
  var keepsWeights: Bool { get }
  /// The same arm with the experiment's budget.
  var withoutOwnBudget: Self { get }
  /// The same arm with the experiment's seeds.
  var withoutOwnSeeds: Self { get }

  /// Every trial at n = `bits`, or nil if there are more than `room`.
  func trials(
    of arm: String, atBits bits: Int, _ conditions: Conditions, atMost room: Int
  ) throws(ArmError) -> [any Trial]?

  /// The search that takes the place of these trials, in an arm with `count` values of n; nil where the
  /// arm does not search.
  func search(
    of arm: String, atBits bits: Int, among count: Int, _ conditions: Conditions
  ) throws(ArmError) -> WidthSearch?
}

/// A key of an arm under which an object with a `name` and further settings can stand.
package struct NestedKeys: Sendable {
  /// The key.
  let key: String
  /// The name that holds where the key is absent.
  let standard: String
  /// The further settings.
  let keys: [String]
}

extension ArmSettings {
  package static var nested: NestedKeys? { nil }
  package var choosesDepth: Bool { false }
  package var keepsWeights: Bool { false }
  package var withoutOwnBudget: Self { self }
  package var withoutOwnSeeds: Self { self }

  package func search(
    of arm: String, atBits bits: Int, among count: Int, _ conditions: Conditions
  ) throws(ArmError) -> WidthSearch? { nil }
}

/// What an experiment gives to all of its arms.
public struct Conditions: Equatable, Sendable {
  /// The epochs a trial may be given.
  public static let epochRange = 0...1_000_000_000

  /// Every seed, ascending.
  public var seeds: [Int]
  /// The most epochs a trial may spend, unless its arm says otherwise.
  public var epochs: Int
  /// Whether a trial ends as soon as it is solved; otherwise it spends all its epochs.
  public let stopsWhenSolved: Bool
}
