import Experiments
import Networks
import Tables
import TestSupport
import Testing

/// networks.safetensors: the arrays as the lectures write them, and what is refused.
struct NetworkCertificateTests {
  private static func trials() throws -> [TrainingTrial] {
    try smallPlan(
      bits: "3", seeds: "1",
      arms: """
        { name: "wide", kind: "shallow", widths: 2 },
        { name: "deep", kind: "deep", depth: 2, widths: 2, connections: "bridged", k: 2,
          activation: "relu", coding: "zeroOne" },
        { name: "line", kind: "logistic", relevant: [0, 2] },
        """
    ).trainings
  }

  /// Networks whose parameters are 0, 1, 2 and so on.
  private static func certificates() throws -> [NetworkCertificate] {
    try trials().enumerated().map { index, trial in
      NetworkCertificate(
        trial,
        Network(
          trial.architecture, parameters: (0..<trial.architecture.parameters).map(Double.init)),
        margin: 1e-5, [[.any, .half], [.half], []][index])
    }
  }

  private static func refusal(_ file: Safetensors) throws -> String {
    try #require(throws: InputError.self) {
      try NetworkCertificate.read(file.bytes, file: "f")
    }.description
  }

  /// The whole file as arrays and texts.
  private static func file() throws -> Safetensors {
    try Safetensors(NetworkCertificate.file(certificates()), file: "f")
  }

  @Test func `W has a row for each unit, b an entry, and bridged layers see all before`() throws {
    let file = try Self.file()
    let names = file.tensors.map { "\($0.name) \($0.shape)" }
    #expect(
      names == [
        "wide/n=3/widths=2/seed=1/W1 [2, 3]", "wide/n=3/widths=2/seed=1/b1 [2]",
        "wide/n=3/widths=2/seed=1/W2 [1, 2]", "wide/n=3/widths=2/seed=1/b2 [1]",
        "deep/n=3/k=2/widths=2x2/seed=1/W1 [2, 3]", "deep/n=3/k=2/widths=2x2/seed=1/b1 [2]",
        "deep/n=3/k=2/widths=2x2/seed=1/W2 [2, 5]", "deep/n=3/k=2/widths=2x2/seed=1/b2 [2]",
        "deep/n=3/k=2/widths=2x2/seed=1/W3 [1, 7]", "deep/n=3/k=2/widths=2x2/seed=1/b3 [1]",
        "line/n=3/relevant=0+2/depth=0/seed=1/W1 [1, 3]",
        "line/n=3/relevant=0+2/depth=0/seed=1/b1 [1]",
      ])
    #expect(file.tensors[2].values == [8, 9])
    let hash = try Self.certificates()[1].fingerprint
    let header =
      #"{"n":3,"relevant":[0,1],"architecture":[2,2],"connections":"bridged","#
      + #""activation":"relu","coding":"zeroOne","minima":["minimum_units_half"],"#
      + #""margin":1e-05,"hash":"\#(hash)"}"#
    #expect(file.texts.first { $0.name.hasPrefix("deep/") }?.text == header)
  }

  @Test func `what is written is read, in the same order`() throws {
    let certificates = try Self.certificates()
    let bytes = NetworkCertificate.file(certificates)
    let read = try NetworkCertificate.read(bytes, file: "f")
    #expect(read == certificates)
    #expect(NetworkCertificate.file(read) == bytes)
    #expect(try NetworkCertificate.read(NetworkCertificate.file([]), file: "f").isEmpty)
  }

  @Test func `the hash changes with every bit of a number`() throws {
    let certificate = try Self.certificates()[0]
    var hashes: Set<String> = [certificate.fingerprint]
    for place in certificate.network.parameters.indices {
      for bit in 0..<64 {
        var network = certificate.network
        let pattern = network.parameters[place].bitPattern ^ 1 << UInt64(bit)
        network.parameters[place] = Double(bitPattern: pattern)
        hashes.insert(NetworkCertificate.fingerprint(of: network))
      }
    }
    #expect(hashes.count == 1 + 64 * certificate.network.parameters.count)
  }

  @Test func `an array of another shape, missing or too many is refused by its name`() throws {
    var file = try Self.file()
    let first = file.tensors[0]
    file.tensors[0] = .init(name: first.name, shape: [3, 2], values: first.values)
    #expect(
      try Self.refusal(file)
        == "f: \(first.name): found the shape [3, 2], expected [2, 3] (units × inputs, or units), as "
        + "the network's header says; put the file back from a copy, or make it anew with depthwidth "
        + "summarize or publish")
    file.tensors.remove(at: 0)
    #expect(
      try Self.refusal(file).hasPrefix(
        "f: \(first.name): found no array, expected one of the shape"))
    file = try Self.file()
    file.tensors.append(.init(name: "other/W1", shape: [1], values: [1]))
    #expect(try Self.refusal(file).hasPrefix("f: other/W1: found an array, expected none"))
  }

  @Test func `a header of something else is refused`() throws {
    var file = try Self.file()
    file.texts.removeAll { $0.name == "format" }
    #expect(
      try Self.refusal(file).hasPrefix(
        "f: __metadata__.format: found nothing, expected \"depthwidth networks 1\""))
    for (old, new, place) in [
      (#""n":3"#, #""n":0"#, ".n"), (#""n":3"#, #""n":99"#, ".n"),
      ("[0,1]", "[1,0]", ".relevant"), ("[0,1]", "[0,3]", ".relevant[1]"),
      ("[2,2]", "[2,0]", ".architecture[1]"), ("bridged", "bridge", ".connections"),
      ("relu", "gelu", ".activation"), ("zeroOne", "oneZero", ".coding"),
      ("minimum_units_half", "minimum", ".minima[0]"), ("1e-05", "-1", ".margin"),
      ("\"margin\"", "\"margins\"", ""), ("{", "", ""),
    ] {
      file = try Self.file()
      let index = try #require(file.texts.firstIndex { $0.name.hasPrefix("deep/") })
      let text = file.texts[index]
      let changed = text.text.replacing(old, with: new)
      try #require(changed != text.text)
      file.texts[index] = .init(name: text.name, text: changed)
      let sentence = try Self.refusal(file)
      #expect(sentence.hasPrefix("f: \(text.name)\(place): "), "\(sentence)")
    }
  }
}
