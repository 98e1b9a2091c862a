import Networks
import Parity
package import Tables

extension NetworkCertificate {
  /// Reads the bytes of networks.safetensors; `file` is its name in messages.
  ///
  /// The networks come in the order of their numbers. Whether they are right is not asked here.
  package static func read(
    _ bytes: [UInt8], file: String
  ) throws(InputError) -> [NetworkCertificate] {
    let found = try Safetensors(bytes, file: file)
    guard found.texts.contains(format) else {
      let text = found.texts.first { $0.name == format.name }?.text
      throw Safetensors.foreign(
        file, "__metadata__.\(format.name)", text.map { "\"\($0.prefix(60))\"" } ?? "nothing",
        "\"\(format.text)\"")
    }
    let tensors = Dictionary(
      found.tensors.enumerated().map { ($0.element.name, $0) }
    ) { first, _ in first }
    var certificates: [(place: Int, certificate: NetworkCertificate)] = []
    var named: Set<String> = []
    for text in found.texts where text.name != format.name {
      let header = try Header(text, file)
      var parameters: [Double] = []
      var place = 0
      for (index, (name, shape, _)) in shapes(text.name, header.architecture).enumerated() {
        guard let (offset, tensor) = tensors[name] else {
          throw Safetensors.foreign(file, name, "no array", "one of the shape \(shape)")
        }
        guard tensor.shape == shape else {
          throw Safetensors.foreign(
            file, name, "the shape \(tensor.shape)",
            "\(shape) (units × inputs, or units), as the network's header says")
        }
        if index == 0 { place = offset }
        named.insert(name)
        parameters += tensor.values
      }
      certificates.append(
        (
          place,
          NetworkCertificate(
            text.name, header.task, header.coding,
            Network(header.architecture, parameters: parameters), margin: header.margin,
            header.minima, stated: header.hash)
        ))
    }
    if let other = found.tensors.first(where: { !named.contains($0.name) }) {
      throw Safetensors.foreign(
        file, other.name, "an array", "none, since no network in the header has it")
    }
    return certificates.sorted { $0.place < $1.place }.map(\.certificate)
  }

  /// What the header of a file says of a network.
  private struct Header {
    let task: ParityTask
    let architecture: Architecture
    let coding: InputCoding
    let margin: Double
    let minima: [Minimum]
    let hash: String

    init(_ text: Safetensors.Text, _ file: String) throws(InputError) {
      let value: JSONValue
      do {
        value = try JSON5Parser.parse(text.text)
      } catch {
        throw Safetensors.foreign(file, text.name, error.problem, "JSON in the header")
      }
      let object = try Node(file: file, path: text.name, value: value).object(keys: [
        "n", "relevant", "architecture", "connections", "activation", "coding", "margin", "minima",
        "hash",
      ])
      let bits = try object.required("n").whole(in: TrainedArm.bitsRange)
      let relevant = try object.required("relevant")
      let positions = try relevant.wholes(in: 0...(bits - 1))
      guard zip(positions, positions.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw relevant.unexpected("different bits, ascending")
      }
      task = ParityTask(bits: bits, relevant: positions.reduce(0) { $0 | 1 << UInt64($1) })
      let hidden = try object.required("architecture").wholes(in: TrainedArm.widthRange)
      guard TrainedArm.depthRange.contains(hidden.count) else {
        throw try object.required("architecture").unexpected(
          "at most \(TrainedArm.depthRange.upperBound) layers")
      }
      architecture = Architecture(
        inputs: bits, hidden: hidden,
        connections: try object.required("connections").word(Connections.self),
        activation: try object.required("activation").word(Activation.self))
      coding = try object.required("coding").word(InputCoding.self)
      margin = try object.required("margin").number("a number from 0 on") { $0 >= 0 }
      var minima: [Minimum] = []
      for node in try object.required("minima").entries() {
        minima.append(try node.word(Minimum.self))
      }
      self.minima = minima
      hash = try object.required("hash").string("16 hexadecimal digits")
    }
  }
}

extension Node {
  /// A list that may be empty.
  fileprivate func entries() throws(InputError) -> [Node] {
    value == .list([]) ? [] : try list()
  }

  /// A list of whole numbers in a range; it may be empty.
  fileprivate func wholes(in range: ClosedRange<Int>) throws(InputError) -> [Int] {
    var numbers: [Int] = []
    for node in try entries() { numbers.append(try node.whole(in: range)) }
    return numbers
  }
}
