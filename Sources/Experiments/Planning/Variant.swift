import Tables

/// One value of a setting that an arm varies.
struct Variant: Sendable {
  /// The setting.
  let key: String
  /// The key of the object that the setting belongs to; nil for the arm's own.
  let holder: String?
  let value: JSONValue
  /// How the value stands in the arm's name.
  let word: String
  /// Where the arm would have the value, and where the file has it.
  let place: String
  let origin: String
}

extension ObjectNode {
  /// More arms than this from one entry is a slip, not a plan.
  private static let countLimit = 1000

  /// Every combination of what the arm varies, in the order of its keys; one of nothing without
  /// `vary`.
  func variants(
    of kind: String, _ nested: NestedKeys?
  ) throws(InputError) -> [[Variant]] {
    guard let vary = self["vary"] else { return [[]] }
    let fixed = ["name", "kind", "bits", "vary"]
    let own = Arm.keys(of: kind).map(\.name).filter { !fixed.contains($0) }
    let object = try vary.object(keys: own + (nested?.keys ?? []))
    guard !object.entries.isEmpty else { throw vary.unexpected("a key with a list of values") }
    var combinations: [[Variant]] = [[]]
    for key in own + (nested?.keys ?? []) {
      guard let values = object[key] else { continue }
      let holder = own.contains(key) ? nil : nested?.key
      let isGiven = holder.map { self[$0]?.has(key) ?? false } ?? (self[key] != nil)
      if isGiven {
        throw values.error(
          .unexpected(found: "\(key) beside vary as well", expected: "it in one of the two"))
      }
      let place = ([node.path] + [holder, key].compactMap(\.self)).joined(separator: ".")
      let variants = try values.variants(of: key, holder, place)
      guard combinations.count * variants.count <= Self.countLimit else {
        throw vary.unexpected("at most \(Self.countLimit) combinations")
      }
      combinations = combinations.flatMap { start in variants.map { start + [$0] } }
    }
    return combinations
  }

  /// The arm's object with values in the place of `vary`.
  func replacing(_ variants: [Variant], _ nested: NestedKeys?) -> ObjectNode {
    var entries = entries
    entries["vary"] = nil
    for variant in variants {
      guard let holder = variant.holder else {
        entries[variant.key] = variant.value
        continue
      }
      var inner: [String: JSONValue]
      switch entries[holder] {
      case nil: inner = ["name": .string(nested?.standard ?? "")]
      case .object(let object): inner = object
      // A name, or something that is refused as one.
      case .some(let name): inner = ["name": name]
      }
      inner[variant.key] = variant.value
      entries[holder] = .object(inner)
    }
    return ObjectNode(node: node, entries: entries)
  }
}

extension Node {
  fileprivate func has(_ key: String) -> Bool {
    if case .object(let entries) = value { entries[key] != nil } else { false }
  }

  /// The values of one setting, at least two different ones that can be read in a name.
  fileprivate func variants(
    of key: String, _ holder: String?, _ place: String
  ) throws(InputError) -> [Variant] {
    guard case .list(let values) = value, values.count > 1 else {
      throw unexpected("a list of at least two values")
    }
    var variants: [Variant] = []
    for entry in try list() {
      let word = try entry.variantWord(key)
      if variants.contains(where: { $0.word == word }) {
        throw entry.error(.duplicate(word))
      }
      variants.append(
        Variant(
          key: key, holder: holder, value: entry.value, word: word, place: place,
          origin: entry.path))
    }
    return variants
  }

  /// `tanh`, or `learningRate=0.01`.
  private func variantWord(_ key: String) throws(InputError) -> String {
    switch value {
    case .bool(let flag): return "\(key)=\(flag)"
    case .whole(let number): return "\(key)=\(number)"
    // One number written in two ways is one value.
    case .number(let number) where number.isFinite:
      return "\(key)=" + (Int(exactly: number).map(String.init) ?? "\(number)")
    case .string(let text) where !text.isEmpty && text.allSatisfy(\.isPossibleInName):
      let isWord = text.count > 1 && text.allSatisfy { $0.isASCII && $0.isLetter }
      return isWord ? text : "\(key)=\(text)"
    case .null, .number, .string, .list, .object:
      throw unexpected("a word, a number or true or false, which can stand in an arm's name")
    }
  }
}

extension [Variant] {
  /// The name of the arm with these values.
  func name(after name: String, of node: Node) throws(InputError) -> String {
    let whole = ([name] + map(\.word)).joined(separator: " ")
    guard isEmpty || whole.count <= Arm.nameLimit else {
      throw InputError(
        node.file, at: "\(node.path).vary",
        .unexpected(
          found: "the name \"\(whole)\" of \(whole.count) characters",
          expected: "at most \(Arm.nameLimit)"))
    }
    return whole
  }

  /// Where the file has what the arm would have at `path`.
  func original(of path: String) -> String {
    for variant in self where path == variant.place { return variant.origin }
    for variant in self {
      for next in [".", "["] where path.hasPrefix(variant.place + next) {
        return variant.origin + path.dropFirst(variant.place.count)
      }
    }
    return path
  }
}

extension Character {
  /// Letters, digits and what else stands in an arm's name.
  var isPossibleInName: Bool {
    isASCII && (isLetter || isNumber || " ._+-".contains(self))
  }
}
