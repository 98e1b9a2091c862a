/// A JSON5 document as a tree, so that it can be read strictly, key by key.
package enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case whole(Int)
  case number(Double)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// What was found, for a message: the value itself where it is short.
  package var found: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .whole(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value.isEmpty ? "an empty string" : "\"\(value.prefix(60))\""
    case .list(let values): values.isEmpty ? "an empty list" : "a list of \(values.count)"
    case .object: "an object"
    }
  }
}
