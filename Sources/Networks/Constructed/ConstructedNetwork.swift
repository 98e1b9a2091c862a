public import Parity

/// A network that computes the parity of its n inputs with weights in closed form, not trained.
///
/// These are the known small solutions, and trained minimum sizes are compared with theirs. Each is an
/// ordinary network, judged by the ordinary forward pass. Its logit is about +½ on rows of label 1
/// and −½ on the others.
///
/// With s for the number of inputs that are on, the bit count, in 0...n:
///
/// | family | hidden units | depth | sees | activation |
/// |---|---|---|---|---|
/// | thermometer | n | 1 | sequential | step |
/// | zigzag | n | 1 | sequential | relu |
/// | bridged | ⌊n/2⌋; at any depth Σ n_i with 2∏(n_i + 1) − 1 ≥ n | 1; any | bridged | step |
/// | cascade | ⌈log2(n + 1)⌉ − 1 | as many | bridged | step |
/// | fold | 2⌈log2 n⌉ | ⌈log2 n⌉ | sequential | relu |
/// | accordion | those of ``AccordionLaw``: 3, 3, 4, 5, 5, 5 for n = 3...8 | at most ⌈log2 n⌉ | sequential | relu |
/// | sigmoids | ⌊n/2⌋ + 1 | 1 | sequential | sigmoid |
/// | xorTree | n + ⌈n/2⌉ + ⌈n/4⌉ + … + 2 | ⌈log2 n⌉ | sequential | relu |
///
/// The output unit is not counted. At n = 1 bridged, cascade, fold, accordion and xorTree have no hidden unit:
/// one bit is its own parity.
public struct ConstructedNetwork: Equatable, Sendable {
  /// Which of the known constructions.
  public enum Family: String, CaseIterable, Sendable {
    /// One threshold unit for every possible bit count; see ``ConstructedNetwork/thermometer(bits:)``.
    case thermometer
    /// A zigzag over the bit count, one ReLU a tooth; see ``ConstructedNetwork/zigzag(bits:)``.
    case zigzag
    /// Threshold units that all see the inputs; see ``ConstructedNetwork/bridged(bits:widths:)``.
    case bridged
    /// Bridged layers of a single unit; see ``ConstructedNetwork/cascade(bits:)``.
    case cascade
    /// The bit count folded in half at every layer; see ``ConstructedNetwork/fold(bits:)``.
    case fold
    /// The bit count folded several times a layer; see ``ConstructedNetwork/accordion(bits:)``.
    case accordion
    /// Setiono's number of sigmoids; see ``ConstructedNetwork/sigmoids(bits:)``.
    case sigmoids
    /// A tree of two-input XORs; see ``ConstructedNetwork/xorTree(bits:)``.
    case xorTree
  }

  /// The construction.
  public let family: Family

  /// The network.
  public let network: Network

  /// How the inputs have to be coded: every construction reads 0 and 1.
  public let coding: InputCoding

  init(_ family: Family, _ network: Network) {
    self.family = family
    self.network = network
    coding = .zeroOne
  }

  /// The family's network for n ≥ 1 bits; of the bridged ones that with one hidden layer.
  public init(_ family: Family, bits: Int) {
    self =
      switch family {
      case .thermometer: .thermometer(bits: bits)
      case .zigzag: .zigzag(bits: bits)
      case .bridged: .bridged(bits: bits)
      case .cascade: .cascade(bits: bits)
      case .fold: .fold(bits: bits)
      case .accordion: .accordion(bits: bits)
      case .sigmoids: .sigmoids(bits: bits)
      case .xorTree: .xorTree(bits: bits)
      }
  }

  /// The family's network of a shape, which only the bridged ones leave open.
  ///
  /// Precondition: the shape is the family's for its number of inputs; a bridged one solves as many.
  public init(_ family: Family, _ shape: Architecture) {
    self =
      family == .bridged && shape.depth > 0
      ? .bridged(bits: shape.inputs, widths: shape.hidden)
      : ConstructedNetwork(family, bits: shape.inputs)
    precondition(network.architecture == shape, "\(family.rawValue) has another shape")
  }
}

extension ConstructedNetwork.Family {
  /// Whether its networks weigh all inputs alike, as ``Network/seesCountAlone(coding:)`` finds in their
  /// weights.
  public var seesCountAlone: Bool { self != .xorTree }

  /// The shape of the family's network for n ≥ 1 bits, counted without building it.
  public func architecture(bits: Int) -> Architecture {
    precondition(bits >= 1, "a parity needs a bit, got \(bits)")
    return Architecture(
      inputs: bits, hidden: hidden(bits), connections: connections, activation: activation)
  }

  /// What the family's hidden units apply.
  public var activation: Activation {
    switch self {
    case .thermometer, .bridged, .cascade: .step
    case .zigzag, .fold, .accordion, .xorTree: .relu
    case .sigmoids: .sigmoid
    }
  }

  /// Whether the family's layers see the inputs and all layers before them.
  public var connections: Connections {
    switch self {
    case .bridged, .cascade: .bridged
    case .thermometer, .zigzag, .fold, .accordion, .sigmoids, .xorTree: .sequential
    }
  }

  private func hidden(_ bits: Int) -> [Int] {
    switch self {
    case .thermometer, .zigzag: [bits]
    case .bridged: bits == 1 ? [] : [bits / 2]
    case .cascade: Array(repeating: 1, count: ceilLog2(bits + 1) - 1)
    case .fold: Array(repeating: 2, count: ceilLog2(bits))
    case .accordion: AccordionLaw.fewestWidths(bits: bits)
    case .sigmoids: [bits / 2 + 1]
    case .xorTree: (0..<ceilLog2(bits)).map { (bits - 1) >> $0 + 1 }
    }
  }

  /// ⌈log2 k⌉ for k ≥ 1.
  private func ceilLog2(_ k: Int) -> Int { Int.bitWidth - (k - 1).leadingZeroBitCount }
}
