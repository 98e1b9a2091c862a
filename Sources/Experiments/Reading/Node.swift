package import Tables

/// A value in an experiment file together with its place, read strictly.
///
/// Every method either returns what was asked for or throws the sentence that says what was found.
package struct Node {
  package let file: String
  package let path: String
  package let value: JSONValue

  package init(file: String, path: String, value: JSONValue) {
    (self.file, self.path, self.value) = (file, path, value)
  }

  package func error(_ problem: InputError.Problem) -> InputError {
    InputError(file, at: path, problem)
  }

  package func unexpected(_ expected: String) -> InputError {
    error(.unexpected(found: value.found, expected: expected))
  }

  /// The object's entries, after refusing every key that is not in `valid`.
  package func object(keys valid: [String]) throws(InputError) -> ObjectNode {
    guard case .object(let entries) = value else { throw unexpected("an object { … }") }
    // Sorted, since a dictionary's order must not choose the message.
    for key in entries.keys.sorted() where !valid.contains(key) {
      throw error(.unknownKey(key, valid: valid))
    }
    return ObjectNode(node: self, entries: entries)
  }

  /// What stands under a key on which the other keys of the object depend.
  package func entry(_ key: String) throws(InputError) -> Node {
    guard case .object(let entries) = value else { throw unexpected("an object { … }") }
    return try ObjectNode(node: self, entries: entries).required(key)
  }

  package func list() throws(InputError) -> [Node] {
    guard case .list(let values) = value, !values.isEmpty else {
      throw unexpected("a list [ … ] with at least one entry")
    }
    return values.enumerated().map {
      Node(file: file, path: "\(path)[\($0.offset)]", value: $0.element)
    }
  }

  package func string(_ expected: String = "a text") throws(InputError) -> String {
    guard case .string(let text) = value, !text.isEmpty else { throw unexpected(expected) }
    return text
  }

  package func whole(in range: ClosedRange<Int>) throws(InputError) -> Int {
    guard case .whole(let number) = value, range.contains(number) else {
      throw unexpected("a whole number in \(range.lowerBound)...\(range.upperBound)")
    }
    return number
  }

  package func bool() throws(InputError) -> Bool {
    guard case .bool(let flag) = value else { throw unexpected("true or false") }
    return flag
  }

  /// A finite number that `isPossible`; `expected` says which those are.
  package func number(_ expected: String, _ isPossible: (Double) -> Bool) throws(InputError)
    -> Double
  {
    let number: Double
    switch value {
    case .whole(let whole): number = Double(whole)
    case .number(let double): number = double
    case .null, .bool, .string, .list, .object: throw unexpected(expected)
    }
    guard number.isFinite, isPossible(number) else { throw unexpected(expected) }
    return number
  }

  /// One of the words of an enumeration, or of those among them that are possible here.
  package func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type, among words: [Word] = Array(Word.allCases)
  ) throws(InputError) -> Word where Word.RawValue == String {
    let text = try word(among: words.map(\.rawValue))
    return words.first { $0.rawValue == text } ?? words[0]
  }

  /// One of some words.
  package func word(among valid: [String]) throws(InputError) -> String {
    guard case .string(let text) = value else {
      throw unexpected("one of \(valid.joined(separator: ", "))")
    }
    guard valid.contains(text) else { throw error(.unknownWord(text, valid: valid)) }
    return text
  }

  /// A whole number or a formula in n.
  package func formula() throws(InputError) -> Formula {
    switch value {
    case .whole(let number) where number >= 0: return Formula(number)
    case .string(let text) where !text.isEmpty: return try formula(text)
    case .null, .bool, .whole, .number, .string, .list, .object:
      throw unexpected("a whole number or a formula in n such as \"2^(n-1)\"")
    }
  }

  package func formula(_ text: some StringProtocol) throws(InputError) -> Formula {
    do {
      return try Formula(String(text))
    } catch let reason {
      throw error(.formula(String(text), reason))
    }
  }
}

/// The entries of an object, whose keys are all known.
package struct ObjectNode {
  package let node: Node
  package let entries: [String: JSONValue]

  package subscript(key: String) -> Node? {
    entries[key].map {
      Node(file: node.file, path: node.path.isEmpty ? key : "\(node.path).\(key)", value: $0)
    }
  }

  package func required(_ key: String) throws(InputError) -> Node {
    guard let node = self[key] else { throw node.error(.missingKey(key)) }
    return node
  }

  /// The word under a key, or the default where the key is absent.
  package func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, among words: [Word] = Array(Word.allCases), default word: Word
  ) throws(InputError) -> Word where Word.RawValue == String {
    guard let node = self[key] else { return word }
    return try node.word(Word.self, among: words)
  }
}
