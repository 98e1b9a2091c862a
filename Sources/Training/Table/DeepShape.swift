import Networks

/// Where a ``DeepPass`` keeps what: a function of the shape alone, since the order of sums follows.
///
/// The rows are taken in *tiles* of up to eight *panels* of 16 rows, two vectors each. A tile's
/// stack holds the values of one panel after another; in a panel, of one entry after another, two
/// vectors each.
struct DeepShape {
  /// The layers that are products, hidden ones and the output: without a first hidden layer, which
  /// goes along the cube.
  let layers: [DeepLayer]
  /// The entries of the stack: inputs where a layer of products sees them, hidden units, the logit.
  let entries: Int
  /// Whether a layer sees all entries before its own.
  let isBridged: Bool
  /// Whether the inputs are entries 0..<n.
  let holdsInputs: Bool
  /// The units of the first hidden layer; 0 if there is none.
  let firstUnits: Int
  /// Its first entry.
  let firstEntry: Int
  /// Panels in a tile, 2^panelBits.
  let panelBits: Int
  /// Tiles in the table, 2^tileBits.
  let tileBits: Int

  var panels: Int { 1 << panelBits }
  var tiles: Int { 1 << tileBits }
  /// The vectors of a panel.
  var panelSize: Int { 2 * entries }

  init(_ architecture: Architecture) {
    let n = architecture.inputs
    isBridged = architecture.connections == .bridged
    holdsInputs = isBridged || architecture.depth == 0
    let left = holdsInputs ? 0 : n
    entries = (holdsInputs ? n : 0) + architecture.units + 1
    firstUnits = architecture.hidden.first ?? 0
    firstEntry = n - left
    layers = architecture.layers.dropFirst(architecture.depth == 0 ? 0 : 1).map { layer in
      DeepLayer(
        inputs: layer.inputs.lowerBound - left, inputCount: layer.inputs.count,
        outputs: layer.outputs.lowerBound - left, outputCount: layer.outputs.count,
        weights: layer.weights.lowerBound, biases: layer.biases.lowerBound)
    }
    let allPanelBits = max(n - 4, 0)
    panelBits = min(allPanelBits, 3)
    tileBits = allPanelBits - panelBits
  }
}

/// One layer of products: where it reads and writes in the stack, and its parameters.
struct DeepLayer {
  /// The first entry it sees, and how many.
  let inputs: Int
  let inputCount: Int
  /// The first entry it fills, and how many.
  let outputs: Int
  let outputCount: Int
  /// The first weight and the first bias.
  let weights: Int
  let biases: Int
}
