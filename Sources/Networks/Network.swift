public import Parity

/// A network as a value: its architecture, and its weights and biases.
public struct Network: Equatable, Sendable {
  /// The shape.
  public let architecture: Architecture

  /// All weights and biases, layer after layer as ``Layer`` lays them out.
  public var parameters: [Double]

  /// A network with the given numbers, as many as the architecture has parameters.
  public init(_ architecture: Architecture, parameters: [Double]) {
    precondition(
      parameters.count == architecture.parameters,
      "\(architecture.parameters) parameters expected, got \(parameters.count)")
    self.architecture = architecture
    self.parameters = parameters
  }
}

/// Rows to train on or to judge, as inputs and labels.
public struct Examples: Sendable {
  /// X, of shape (n, m).
  public let inputs: Matrix

  /// y, one label (0 or 1) a row.
  public let labels: [UInt8]

  /// The rows of `data`, coded for a network.
  public init(_ data: DataSet, coding: InputCoding) {
    self.init(inputs: Matrix(data, coding: coding), labels: data.labels)
  }

  /// Rows of bits, coded for a network.
  public init(_ rows: BitRows, coding: InputCoding) {
    self.init(inputs: Matrix(rows, in: 0..<rows.count, coding: coding), labels: rows.labels)
  }

  /// Inputs of shape (n, m) with their m labels.
  public init(inputs: Matrix, labels: [UInt8]) {
    precondition(inputs.width == labels.count, "\(inputs.width) rows, \(labels.count) labels")
    self.inputs = inputs
    self.labels = labels
  }

  /// The number of rows, m.
  public var count: Int { labels.count }
}
