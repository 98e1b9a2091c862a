import Foundation

/// A JSON5 document as a tree, so that it can be read strictly: a decoder ignores unknown keys.
enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case whole(Int)
  case number(Double)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// What was found, for a message: the value itself where it is short.
  var found: String {
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

extension JSONValue: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .whole(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The document in `data`, or the parser's reason why there is none.
  static func parse(_ data: Data) -> Result<JSONValue, JSON5Error> {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return .success(try decoder.decode(JSONValue.self, from: data))
    } catch DecodingError.dataCorrupted(let context) {
      let reason = (context.underlyingError as? NSError)?.userInfo["NSDebugDescription"] as? String
      return .failure(JSON5Error(reason: reason ?? context.debugDescription))
    } catch {
      return .failure(JSON5Error(reason: "\(error)"))
    }
  }
}

/// Why a text is not JSON5.
struct JSON5Error: Error {
  let reason: String
}
