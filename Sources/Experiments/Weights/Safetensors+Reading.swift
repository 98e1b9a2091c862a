package import Tables

extension Safetensors {
  /// The longest header that is read, in bytes: the limit of the format.
  private static let headerLimit: UInt64 = 100_000_000

  /// Reads the bytes of a file; `file` is its name in messages.
  ///
  /// Refused is what is torn, what is no safetensors file, and an array that is of another type, does
  /// not fit its shape, lies outside the file, over another one or behind a gap.
  package init(_ bytes: [UInt8], file: String) throws(InputError) {
    guard bytes.count >= 8 else {
      throw Self.foreign(file, "", "\(bytes.count) bytes", "eight bytes with the header's length")
    }
    let length = Self.word(bytes, at: 0)
    guard length <= Self.headerLimit, bytes.count > 8, bytes[8] == UInt8(ascii: "{") else {
      throw Self.foreign(file, "", "no header of safetensors", "a length, then JSON from { on")
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw Self.foreign(
        file, "", "a file that ends within its header, after \(bytes.count - 8) of \(length) bytes",
        "the whole file")
    }
    let start = 8 + Int(length)
    let root = try Self.header(bytes[8..<start], file)
    guard case .object(let entries) = root.value else { throw root.unexpected("an object { … }") }

    texts = try Self.texts(entries[Self.textsName], file)
    var places: [(name: String, shape: [Int], range: Range<Int>)] = []
    for (name, value) in entries.sorted(by: { $0.key < $1.key }) where name != Self.textsName {
      let node = Node(file: file, path: name, value: value)
      places.append(try Self.place(name, node, room: bytes.count - start))
    }
    // An array without numbers stands before the one that begins at the same place.
    places.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for (name, shape, range) in places {
      guard range.lowerBound == end else {
        throw Self.foreign(
          file, name,
          range.lowerBound < end ? "numbers that lie over another array's" : "a gap before it",
          "the numbers from byte \(end) on")
      }
      end = range.upperBound
      let values = stride(from: start + range.lowerBound, to: start + range.upperBound, by: 8).map {
        Double(bitPattern: Self.word(bytes, at: $0))
      }
      tensors.append(Tensor(name: name, shape: shape, values: values))
    }
    guard end == bytes.count - start else {
      throw Self.foreign(
        file, "", "\(bytes.count - start) bytes of numbers", "\(end), those of the arrays")
    }
  }

  /// What is wrong with a file, and what to do about it.
  static func foreign(
    _ file: String, _ place: String, _ found: String, _ expected: String
  ) -> InputError {
    InputError(
      file, at: place,
      .foreign(
        found: found, expected: expected,
        remedy:
          "put the file back from a copy, or make it anew with depthwidth summarize or publish"
      ))
  }

  /// The JSON of the header; only spaces follow it.
  private static func header(
    _ bytes: ArraySlice<UInt8>, _ file: String
  ) throws(InputError) -> Node {
    let end = bytes.lastIndex { $0 != 0x20 } ?? bytes.startIndex
    guard bytes[end] == UInt8(ascii: "}") else {
      throw foreign(file, "header", "no } at its end", "JSON, then nothing but spaces")
    }
    guard let text = String(validating: bytes[...end], as: UTF8.self) else {
      throw foreign(file, "header", "bytes that are not UTF-8", "JSON")
    }
    do {
      return Node(file: file, path: "", value: try JSON5Parser.parse(text))
    } catch {
      throw foreign(file, "header, column \(error.column)", error.problem, "JSON")
    }
  }

  private static func texts(_ value: JSONValue?, _ file: String) throws(InputError) -> [Text] {
    guard let value else { return [] }
    let node = Node(file: file, path: textsName, value: value)
    guard case .object(let entries) = value else { throw node.unexpected("an object { … }") }
    var texts: [Text] = []
    for (name, value) in entries.sorted(by: { $0.key < $1.key }) {
      guard case .string(let text) = value else {
        throw foreign(file, "\(textsName).\(name)", value.found, "a text")
      }
      texts.append(Text(name: name, text: text))
    }
    return texts
  }

  /// Where an array stands among `room` bytes of numbers, and its shape.
  private static func place(
    _ name: String, _ node: Node, room: Int
  ) throws(InputError) -> (name: String, shape: [Int], range: Range<Int>) {
    let object = try node.object(keys: ["dtype", "shape", "data_offsets"])
    let found = try object.required("dtype").string()
    guard found == type else {
      throw foreign(node.file, name, "numbers of the type \(found)", type)
    }
    let shape = try wholes(object.required("shape"))
    let offsets = try wholes(object.required("data_offsets"))
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw foreign(node.file, name, "data_offsets \(offsets)", "where it begins and where it ends")
    }
    guard offsets[1] <= room else {
      throw foreign(
        node.file, name, "numbers up to byte \(offsets[1])",
        "at most \(room), all that follow the header")
    }
    var size = 8
    for length in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      size = overflow ? .max : product
    }
    guard offsets[1] - offsets[0] == size else {
      throw foreign(
        node.file, name, "\(offsets[1] - offsets[0]) bytes", "\(size) for the shape \(shape)")
    }
    return (name, shape, offsets[0]..<offsets[1])
  }

  private static func wholes(_ node: Node) throws(InputError) -> [Int] {
    // The list of a shape may be empty, as that of a single number is.
    if case .list([]) = node.value { return [] }
    var numbers: [Int] = []
    for entry in try node.list() { numbers.append(try entry.whole(in: 0...Int.max)) }
    return numbers
  }

  private static func word(_ bytes: [UInt8], at index: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[index + $1]) << UInt64(8 * $1) }
  }
}
