import Tables

/// One line in a picture: a family with its settings.
public struct Arm: Sendable {
  /// Unique within the experiment.
  public let name: String
  /// The word for its kind.
  let kind: String
  /// What it tries at each n.
  package private(set) var settings: any ArmSettings
  /// The n this arm is limited to, or nil for the experiment's.
  public let bits: [Int]?
  /// Where it stands in the file: `arms[1]`.
  let place: String
  /// What it varies.
  let variants: [Variant]

  /// What its words mean.
  var laws: [Law] { settings.laws }

  /// Where a key of the arm stands in the file.
  func path(of key: String) -> String { variants.original(of: "\(place).\(key)") }

  /// The same arm with the experiment's budget.
  var withoutOwnBudget: Arm {
    var arm = self
    arm.settings = settings.withoutOwnBudget
    return arm
  }

  /// The same arm with the experiment's seeds.
  var withoutOwnSeeds: Arm {
    var arm = self
    arm.settings = settings.withoutOwnSeeds
    return arm
  }

  /// The most characters of a name.
  static let nameLimit = 120

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
      FileKey("name", "The arm's name, unique in the file: letters, digits, spaces and . _ + - =."),
      FileKey("kind", "`\(kind)`."),
      FileKey("bits", "The n of this arm, some of the experiment's; all of them by default."),
      FileKey(
        "vary",
        "`{ key: [value, …], … }`: an arm for each combination of the values, which stand in its name."
      ),
    ] + settings.keys(of: kind)
  }
}

extension Arm {
  /// Reads an entry of the list of arms, whose keys depend on its kind: one arm, or one of each
  /// combination of what it varies; `bits` are the experiment's.
  static func arms(_ node: Node, bits: [Int]) throws(InputError) -> [Arm] {
    let kind = try node.entry("kind").word(among: Self.kinds)
    let object = try node.object(keys: Self.keys(of: kind).map(\.name))
    let settings = Self.all.first { $0.kinds.contains(kind) } ?? TrainedArm.self
    let name = try object.required("name").armName()
    var arms: [Arm] = []
    for variants in try object.variants(of: kind, settings.nested) {
      do throws(InputError) {
        let object = object.replacing(variants, settings.nested)
        arms.append(
          Arm(
            name: try variants.name(after: name, of: object.node), kind: kind,
            settings: try settings.init(kind, object), bits: try object["bits"]?.someOf(bits),
            place: node.path, variants: variants))
      } catch {
        throw InputError(error.source, at: variants.original(of: error.keyPath), error.problem)
      }
    }
    return arms
  }
}

extension Node {
  fileprivate func armName() throws(InputError) -> String {
    let expected = "a name of letters, digits, spaces and . _ + - ="
    let name = try string(expected)
    // The name of an arm that another one makes by varying something has a = in it.
    guard name.allSatisfy({ $0.isPossibleInName || $0 == "=" }), name.count <= Arm.nameLimit,
      name.first != " ", name.last != " "
    else {
      throw unexpected(expected)
    }
    return name
  }
}
