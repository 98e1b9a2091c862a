/// Named arrays of doubles, and a text for each name of the metadata: what a safetensors file holds.
///
/// The bytes are, in this order:
/// 1. eight bytes with the length N of the header, little-endian;
/// 2. N bytes of JSON, which begin with `{` and may end with spaces: for each array its `dtype`,
///    `shape` and `data_offsets`, and the texts under `__metadata__`;
/// 3. the numbers of the arrays, little-endian, one array after the other without gaps.
///
/// Source: the format in https://github.com/huggingface/safetensors. Of its types this reads and
/// writes F64 alone.
package struct Safetensors: Sendable {
  /// The texts in the header, in the order they are written; those of a file are sorted by name.
  package var texts: [Text] = []
  /// The arrays, in the order of their numbers.
  package var tensors: [Tensor] = []

  /// A text under `__metadata__`.
  package struct Text: Equatable, Sendable {
    /// Its name.
    package let name: String
    /// The text.
    package let text: String

    /// A text with its name.
    package init(name: String, text: String) { (self.name, self.text) = (name, text) }
  }

  /// One array.
  package struct Tensor: Equatable, Sendable {
    /// Its name.
    package let name: String
    /// Its lengths along each axis; `[3, 2]` is three rows of two numbers.
    package let shape: [Int]
    /// The numbers, the last axis fastest; as many as the product of the lengths.
    package let values: [Double]

    /// An array with its name.
    package init(name: String, shape: [Int], values: [Double]) {
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// A file without arrays.
  package init() {}

  /// The name of the texts in the header.
  static let textsName = "__metadata__"
  /// The only type there is here.
  static let type = "F64"

  /// The whole file: the same bytes for the same value.
  package var bytes: [UInt8] {
    let texts = texts.map { "\(JSONTree.quoted($0.name)):\(JSONTree.quoted($0.text))" }
    var entries = ["\"\(Self.textsName)\":{\(texts.joined(separator: ","))}"]
    var offset = 0
    for tensor in tensors {
      let end = offset + 8 * tensor.values.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(JSONTree.quoted(tensor.name)):{\"dtype\":\"\(Self.type)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    // The numbers begin at a multiple of eight bytes, so that they can be mapped into memory.
    header += Array(repeating: 0x20, count: (8 - header.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    Self.append(UInt64(header.count), to: &bytes)
    bytes += header
    for tensor in tensors {
      for value in tensor.values { Self.append(value.bitPattern, to: &bytes) }
    }
    return bytes
  }

  /// The numbers as bytes, little-endian.
  package static func bytes(of values: some Sequence<Double>) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values { append(value.bitPattern, to: &bytes) }
    return bytes
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}
