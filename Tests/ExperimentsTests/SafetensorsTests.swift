import Experiments
import Tables
import TestSupport
import Testing

/// The format of safetensors, by the letter: what is written, and what is refused.
struct SafetensorsTests {
  private static func file(
    _ header: String, _ numbers: [Double] = [], length: UInt64? = nil
  ) -> [UInt8] {
    let text = Array(header.utf8)
    let count = length ?? UInt64(text.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(8 * $0)) } + text
      + Safetensors.bytes(of: numbers)
  }

  private static func array(
    _ name: String, _ offsets: String, shape: String = "[1]", type: String = "F64"
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  private static func refusal(_ bytes: [UInt8]) throws -> String {
    try #require(throws: InputError.self) { try Safetensors(bytes, file: "f") }.description
  }

  private static var example: Safetensors {
    var file = Safetensors()
    file.texts = [.init(name: "of \"n\"", text: "a\\b"), .init(name: "é", text: "1…2")]
    file.tensors = [
      .init(
        name: "z/W", shape: [2, 3],
        values: [1, -0.0, 0.1, .infinity, .leastNonzeroMagnitude, -1e300]),
      .init(name: "a/b", shape: [], values: [.nan]),
      .init(name: "empty", shape: [0, 4], values: []),
    ]
    return file
  }

  @Test func `the bytes are those of the format, written out`() {
    var file = Safetensors()
    file.texts = [.init(name: "k", text: "t")]
    file.tensors = [.init(name: "a", shape: [1, 2], values: [1, -2])]
    let header =
      #"{"__metadata__":{"k":"t"},"a":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}"#
    // 82 bytes, and six spaces up to a multiple of eight.
    #expect(header.utf8.count == 82)
    let numbers: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0]
    #expect(file.bytes == [88, 0, 0, 0, 0, 0, 0, 0] + Array((header + "      ").utf8) + numbers)
  }

  @Test func `what is written is read to the bit`() throws {
    let example = Self.example
    let bytes = example.bytes
    let read = try Safetensors(bytes, file: "f")
    #expect(read.texts == example.texts)
    #expect(read.tensors.map(\.name) == ["z/W", "a/b", "empty"])
    #expect(read.tensors.map(\.shape) == [[2, 3], [], [0, 4]])
    for (one, other) in zip(read.tensors, example.tensors) {
      #expect(one.values.map(\.bitPattern) == other.values.map(\.bitPattern))
    }
    #expect(read.bytes == bytes)
    #expect(Safetensors().bytes.count % 8 == 0)
    #expect(try Safetensors(Safetensors().bytes, file: "f").tensors.isEmpty)
  }

  @Test func `a file that ends anywhere, or later, is refused`() throws {
    let bytes = Self.example.bytes
    for count in bytes.indices {
      #expect(try Self.refusal(Array(bytes[..<count])).hasPrefix("f: "), "\(count)")
    }
    #expect(
      try Self.refusal(bytes + [0])
        == "f: found 57 bytes of numbers, expected 56, those of the arrays; put the file back from a "
        + "copy, or make it anew with depthwidth summarize or publish")
  }

  @Test(arguments: [
    ("not a file at all", "no header of safetensors"),
    ("{}", "a file that ends within its header"),
  ])
  func `a length that is none is refused`(text: String, found: String) throws {
    #expect(try Self.refusal(Self.file(text, length: 999)).contains(found))
    #expect(try Self.refusal(Self.file("{}", length: .max)).contains("no header of safetensors"))
  }

  @Test func `an array that does not fit is refused by its name`() throws {
    for (entries, place, found) in [
      (Self.array("a", "[0,8]", type: "F32"), "a", "numbers of the type F32"),
      (Self.array("a", "[0,8]", shape: "[2]"), "a", "8 bytes, expected 16 for the shape [2]"),
      (
        Self.array("a", "[0,8]", shape: "[9223372036854775807,8]"), "a",
        "a whole number"
      ),
      (Self.array("a", "[0,8]", shape: "[4503599627370496,4096]"), "a", "8 bytes, expected"),
      (Self.array("a", "[0,8]", shape: "[-1]"), "a.shape[0]", "found -1"),
      (Self.array("a", "[8,0]"), "a", "data_offsets [8, 0]"),
      (Self.array("a", "[0]"), "a", "data_offsets [0]"),
      (Self.array("a", "[0,24]", shape: "[3]"), "a", "numbers up to byte 24"),
      (Self.array("a", "[8,16]"), "a", "a gap before it"),
      (
        Self.array("a", "[0,16]", shape: "[2]") + "," + Self.array("b", "[8,16]"), "b",
        "numbers that lie over another array's"
      ),
      (Self.array("a", "[0,8]"), "", "16 bytes of numbers, expected 8"),
      ("\"a\":[]", "a", "an empty list"),
      ("\"a\":{\"dtype\":\"F64\",\"shape\":[1]}", "a", "the key \"data_offsets\" is missing"),
      ("\"a\":{\"dtype\":\"F64\",\"kind\":1}", "a", "the unknown key \"kind\""),
      ("\"__metadata__\":{\"n\":1}", "__metadata__.n", "found 1, expected a text"),
      ("\"__metadata__\":\"n\"", "__metadata__", "expected an object"),
    ] {
      let sentence = try Self.refusal(Self.file("{\(entries)}", [1, 2]))
      #expect(sentence.hasPrefix(place.isEmpty ? "f: " : "f: \(place)"), "\(sentence)")
      #expect(sentence.contains(found), "\(sentence)")
    }
  }

  @Test func `a header that is no JSON is refused`() throws {
    #expect(try Self.refusal(Self.file("{\"a\":1,\"a\":1}")).contains("a second time"))
    #expect(try Self.refusal(Self.file("{\"a\" 1}")).contains("header, column"))
    #expect(try Self.refusal(Self.file("{}\n")).contains("no } at its end"))
    #expect(try Self.refusal(Self.file("{\"a\":1")).contains("no } at its end"))
    var bytes = Self.file("{\"aa\":1}")
    bytes[10] = 0xFF
    #expect(try Self.refusal(bytes).contains("not UTF-8"))
  }

  @Test(arguments: Mutation.seeds)
  func `damage is refused or read, and never ends the program`(seeds: ClosedRange<UInt64>) {
    let bytes = Self.example.bytes
    for seed in seeds {
      var mutation = Mutation(seed: seed, "safetensors")
      var damaged = bytes
      mutation.bytes(&damaged)
      guard let read = try? Safetensors(damaged, file: "f") else { continue }
      // What is read is a file of the format.
      #expect((try? Safetensors(read.bytes, file: "f")) != nil, "seed \(seed)")
    }
  }
}
