extension InputError: CustomStringConvertible {
  /// One sentence: where, what was found, what was expected, what to do.
  public var description: String {
    let place = keyPath.isEmpty ? source : "\(source): \(keyPath)"
    return Self.printable("\(place): \(sentence)")
  }

  /// Control characters written out: what stood in a file neither breaks the line nor moves the cursor.
  private static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return text
    }
    return text.unicodeScalars.map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
    }.joined()
  }

  private var sentence: String {
    switch problem {
    case .notThere(let kind, let name, let valid):
      "there is no \(kind) \(name)" + suggestion(for: name, among: valid, listedAs: "found here:")
    case .isFolder:
      "found a folder, expected a file"
    case .isEmpty:
      "the file is empty, expected a JSON5 object such as { name: \"…\", bits: \"2...4\", … }"
    case .unreadable(let reason):
      "cannot be read: \(reason)"
    case .unwritable(let reason):
      "cannot be written: \(reason); choose another place with --output DIR"
    case .notJSON5(let reason):
      "not JSON5: \(reason)"
    case .inUse:
      "another run works in this folder; wait for it, or choose another with --output DIR"
    case .notText:
      "found bytes that are not UTF-8, expected text in JSON5"
    case .unknownKey(let found, let valid):
      "found the unknown key \"\(found)\"" + suggestion(for: found, among: valid)
    case .missingKey(let key):
      "the key \"\(key)\" is missing"
    case .unknownWord(let found, let valid):
      "found \"\(found)\"" + suggestion(for: found, among: valid)
    case .unexpected(let found, let expected):
      "found \(found), expected \(expected)"
    case .impossible(let reason):
      reason
    case .duplicate(let name):
      "found \"\(name)\" a second time, expected it once"
    case .memory(let needed, let available, let limit, let jobs):
      "needs \(size(needed)) of memory with \(jobs) job\(jobs == 1 ? "" : "s"), "
        + "\(limit) gives \(size(available)); take fewer --jobs, bits or units"
    case .foreign(let found, let expected, let remedy):
      "found \(found), expected \(expected); \(remedy)"
    }
  }

  private func suggestion(
    for word: String, among valid: [String], listedAs label: String = "expected one of"
  ) -> String {
    guard !valid.isEmpty else { return "" }
    let list = ", \(label) \(valid.joined(separator: ", "))"
    return Spelling.nearest(to: word, among: valid).map { "\(list); did you mean \"\($0)\"?" }
      ?? list
  }

  private func size(_ bytes: Int) -> String {
    guard bytes >= 10_000_000_000 else { return "\((bytes + 999_999) / 1_000_000) MB" }
    let tenths = bytes / 100_000_000 + (bytes % 100_000_000 == 0 ? 0 : 1)
    return "\(tenths / 10).\(tenths % 10) GB"
  }
}
