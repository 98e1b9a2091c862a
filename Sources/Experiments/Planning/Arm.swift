import Tables

/// One line in a picture: a family with its settings.
public struct Arm: Sendable {
  /// Unique within the experiment.
  public let name: String
  /// What it tries at each n.
  package private(set) var settings: any ArmSettings
  /// The n this arm is limited to, or nil for the experiment's.
  public let bits: [Int]?

  /// The same arm with the experiment's budget.
  var withoutOwnBudget: Arm {
    var arm = self
    arm.settings = settings.withoutOwnBudget
    return arm
  }

  /// The kinds of arm: a new one is a folder and a line here.
  private static let all: [any ArmSettings.Type] = [
    TrainedArm.self, ExactArm.self, FrozenArm.self,
  ]

  /// The words for the kinds of arm in files.
  public static var kinds: [String] { all.flatMap { $0.kinds } }

  /// The keys of an arm of a kind; none for another word.
  public static func keys(of kind: String) -> [FileKey] {
    guard let settings = all.first(where: { $0.kinds.contains(kind) }) else { return [] }
    return [
      FileKey("name", "The arm's name, unique in the file: letters, digits, spaces and . _ + -."),
      FileKey("kind", "`\(kind)`."),
      FileKey("bits", "The n of this arm, some of the experiment's; all of them by default."),
    ] + settings.keys(of: kind)
  }
}

extension Arm {
  /// Reads an arm, whose keys depend on its kind; `bits` are the experiment's.
  init(_ node: Node, bits: [Int]) throws(InputError) {
    let kind = try node.entry("kind").word(among: Self.kinds)
    let object = try node.object(keys: Self.keys(of: kind).map(\.name))
    let settings = Self.all.first { $0.kinds.contains(kind) } ?? TrainedArm.self
    self.init(
      name: try object.required("name").armName(), settings: try settings.init(kind, object),
      bits: try object["bits"]?.someOf(bits))
  }
}

extension Node {
  fileprivate func armName() throws(InputError) -> String {
    let expected = "a name of letters, digits, spaces and . _ + -"
    let name = try string(expected)
    let isPossible = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || " ._+-".contains($0))
    }
    guard isPossible, name.count <= 60, name.first != " ", name.last != " " else {
      throw unexpected(expected)
    }
    return name
  }
}
