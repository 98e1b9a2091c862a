import Networks

/// Where a ``DensePass`` keeps its numbers: it follows from the architecture alone.
///
/// *Values.* The stack has one row an example. A row holds segment after segment: the inputs where
/// a product sees them, then the units of each hidden layer. Each begins at a cache line, 16
/// numbers, and is filled up with zeros. A row takes an odd number of cache lines, so that equal
/// entries of neighbouring rows fall into different sets of the cache.
///
/// *Parameters.* A *link* is the weights of one hidden layer for one segment it sees. A *panel* of
/// it has the weights into 16 units, two vectors for each entry of the segment:
///
///     link[panel][entry][unit of the panel]
///
/// The weights of the output unit are vectors along the entries of a segment. Numbers that belong
/// to no parameter are 0 and stay 0.
struct DenseShape {
  let segments: [DenseSegment]
  /// The hidden layers; layer i fills segment i + 1.
  let layers: [DenseLayer]
  /// The links of all hidden layers, layer after layer.
  let links: [DenseLink]
  /// The indices of the links that see segment 1, then those that see segment 2 and so on.
  let uses: [Int]
  /// The vector with the output unit's bias in its first lane.
  let outputBias: Int
  /// Vectors of a row of the stack.
  let rowVectors: Int
  /// Vectors that all parameters take.
  let parameterVectors: Int
  /// Vectors that the transposed links take.
  let transposedVectors: Int
  /// Whether the stack has the inputs.
  let holdsInputs: Bool

  /// Numbers from one row of the stack to the next.
  var rowStep: Int { 8 * rowVectors }

  /// `holdsInputs` says whether a product sees the inputs.
  init(_ architecture: Architecture, holdsInputs: Bool) {
    self.holdsInputs = holdsInputs
    let depth = architecture.depth
    let isBridged = architecture.connections == .bridged
    let widths = [architecture.inputs] + architecture.hidden
    var (vectors, transposed, offset) = (0, 0, 0)
    var links: [DenseLink] = []
    var layers: [DenseLayer] = []
    for layer in 0..<depth {
      let firstLink = links.count
      for source in (isBridged ? 0 : layer)...layer {
        // Whole groups of four for the tables of sums, whole panels to be transposed.
        let unit = source == 0 ? 4 : 16
        let rows = (widths[source] + unit - 1) / unit * unit
        links.append(
          DenseLink(
            source: source, target: layer + 1, weights: vectors, rows: rows,
            transposed: transposed))
        vectors += 2 * rows * Self.panels(widths[layer + 1])
        if source > 0 {
          transposed += 32 * Self.panels(widths[source]) * Self.panels(widths[layer + 1])
        }
      }
      layers.append(DenseLayer(firstLink: firstLink, endLink: links.count, biases: vectors))
      vectors += 2 * Self.panels(widths[layer + 1])
    }
    var segments: [DenseSegment] = []
    var uses: [Int] = []
    for (index, width) in widths.enumerated() {
      let firstUse = uses.count
      if index > 0 { uses += links.indices.filter { links[$0].source == index } }
      let isSeen = isBridged || index == depth
      segments.append(
        DenseSegment(
          offset: offset, count: width, firstUse: firstUse, endUse: uses.count,
          outputWeights: isSeen ? vectors : nil))
      if isSeen { vectors += 2 * Self.panels(width) }
      if index > 0 || holdsInputs { offset += 2 * Self.panels(width) }
    }
    self.segments = segments
    self.layers = layers
    self.links = links
    self.uses = uses
    outputBias = vectors
    parameterVectors = vectors + 1
    transposedVectors = transposed
    rowVectors = 2 * ((offset / 2) | 1)
  }

  /// The panels of 16 that so many units take.
  static func panels(_ count: Int) -> Int { (count + 15) / 16 }

  /// The positions of the network's parameters, in the order of `Layer`.
  func positions(_ architecture: Architecture) -> [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(architecture.parameters)
    let widths = [architecture.inputs] + architecture.hidden
    for layer in 0...layers.count {
      let sources = (architecture.connections == .bridged ? 0 : layer)...layer
      if layer == layers.count {
        for source in sources {
          let first = 8 * (segments[source].outputWeights ?? 0)
          positions += first..<(first + widths[source])
        }
        positions.append(8 * outputBias)
        break
      }
      for unit in 0..<widths[layer + 1] {
        for source in sources {
          let link = links[layers[layer].firstLink + source - sources.lowerBound]
          for entry in 0..<widths[source] {
            positions.append(8 * link.weights + 16 * (unit / 16 * link.rows + entry) + unit % 16)
          }
        }
      }
      positions += (8 * layers[layer].biases)..<(8 * layers[layer].biases + widths[layer + 1])
    }
    return positions
  }
}

/// The inputs or the units of one hidden layer.
struct DenseSegment {
  /// The first vector in a row of the stack.
  let offset: Int
  /// The entries that are no filling.
  let count: Int
  /// Its part of ``DenseShape/uses``.
  let firstUse: Int
  let endUse: Int
  /// The first vector of the output unit's weights for it; nil where the output does not see it.
  let outputWeights: Int?

  var panels: Int { DenseShape.panels(count) }
}

/// One hidden layer: its links and the first vector of its biases.
struct DenseLayer {
  let firstLink: Int
  let endLink: Int
  let biases: Int
}

/// The weights of one hidden layer for one segment that it sees.
struct DenseLink {
  /// The segment it sees and the one it fills.
  let source: Int
  let target: Int
  /// The first vector of its weights.
  let weights: Int
  /// The entries of a panel, filling included.
  let rows: Int
  /// The first vector of its transposed weights, for sources from 1 on.
  let transposed: Int
}
