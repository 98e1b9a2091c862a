package import Networks
package import Parity
import Tables

/// The weights behind a published minimum, for anyone to check without this program: what
/// networks.safetensors holds of one network.
///
/// Its arrays are `KEY/W1`, `KEY/b1`, … up to those of the output unit, in double precision. W has
/// the shape (units, inputs), b the shape (units). A sequential layer's inputs are the units of the
/// layer before. A bridged layer's are the n inputs of the network, then the units of all layers
/// before, first layer first.
public struct NetworkCertificate: Equatable, Sendable {
  /// The trial's key.
  public let key: String
  /// The inputs, and those whose parity the label is.
  package let task: ParityTask
  /// How bits become inputs.
  package let coding: InputCoding
  /// The network.
  package let network: Network
  /// The smallest |logit| over all rows, as it was stated.
  package let margin: Double
  /// The minima that it is the evidence of; none where an arm keeps all networks.
  package let minima: [Minimum]
  /// The fingerprint of its numbers, as it was stated.
  package let stated: String

  /// The columns of summary.csv that a network can be the evidence of.
  public enum Minimum: String, CaseIterable, Sendable {
    /// The fewest units with which any seed solved every row.
    case any = "minimum_units_any"
    /// The fewest units with which at least half of the seeds did.
    case half = "minimum_units_half"
  }

  init(
    _ key: String, _ task: ParityTask, _ coding: InputCoding, _ network: Network, margin: Double,
    _ minima: [Minimum], stated: String
  ) {
    (self.key, self.task, self.coding, self.network) = (key, task, coding, network)
    (self.margin, self.minima, self.stated) = (margin, minima, stated)
  }

  /// The network that a trial ended with; `margin` is its record's.
  package init(_ trial: TrainingTrial, _ network: Network, margin: Double, _ minima: [Minimum]) {
    self.init(
      trial.key, trial.task, trial.coding, network, margin: margin, minima,
      stated: Self.fingerprint(of: network))
  }

  /// The FNV-1a hash of the bytes of W1, b1, W2, … in 16 hexadecimal digits: it changes with every
  /// byte, also where no row's sign does.
  package var fingerprint: String { Self.fingerprint(of: network) }

  /// The same of a network alone.
  package static func fingerprint(of network: Network) -> String {
    // The order of the parameters is that of the arrays.
    FNV1a.digits(of: Safetensors.bytes(of: network.parameters))
  }

  /// The names of the arrays and their shapes, in the order of the parameters.
  package static func shapes(
    _ key: String, _ architecture: Architecture
  ) -> [(name: String, shape: [Int], range: Range<Int>)] {
    architecture.layers.enumerated().flatMap { index, layer in
      [
        (
          "\(key)/W\(index + 1)", [layer.outputs.count, layer.inputs.count], layer.weights
        ),
        ("\(key)/b\(index + 1)", [layer.outputs.count], layer.biases),
      ]
    }
  }
}

extension NetworkCertificate {
  /// The name and the text by which a file is known to be one of these.
  static let format = Safetensors.Text(name: "format", text: "depthwidth networks 1")

  /// The bytes of networks.safetensors with these networks, in this order.
  package static func file(_ certificates: [NetworkCertificate]) -> [UInt8] {
    var file = Safetensors()
    file.texts = [format] + certificates.map { .init(name: $0.key, text: $0.header) }
    file.tensors = certificates.flatMap { certificate in
      shapes(certificate.key, certificate.network.architecture).map { name, shape, range in
        .init(name: name, shape: shape, values: Array(certificate.network.parameters[range]))
      }
    }
    return file.bytes
  }

  /// What the header says of the network: an object of JSON.
  private var header: String {
    let facts = facts + [("margin", "\(margin)"), ("hash", JSONTree.quoted(fingerprint))]
    return "{\(facts.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
  }

  /// What is known of the network beside its numbers, each as JSON.
  package var facts: [(name: String, json: String)] {
    Self.facts(task, network.architecture, coding, minima)
  }

  /// The same of a network that is not there yet.
  package static func facts(
    _ task: ParityTask, _ architecture: Architecture, _ coding: InputCoding, _ minima: [Minimum]
  ) -> [(name: String, json: String)] {
    let relevant = (0..<task.bits).filter { task.relevant >> UInt64($0) & 1 == 1 }
    func list(_ entries: [String]) -> String { "[\(entries.joined(separator: ","))]" }
    return [
      ("n", "\(task.bits)"), ("relevant", list(relevant.map(String.init))),
      ("architecture", list(architecture.hidden.map(String.init))),
      ("connections", JSONTree.quoted(architecture.connections.rawValue)),
      ("activation", JSONTree.quoted(architecture.activation.rawValue)),
      ("coding", JSONTree.quoted(coding.rawValue)),
      ("minima", list(minima.map { JSONTree.quoted($0.rawValue) })),
    ]
  }
}
