import Networks

/// Where a ``DeepPass`` keeps its numbers.
///
/// It follows from the architecture alone and never from the machine, since the order of sums
/// depends on it. A tile is up to eight panels of 16 rows. Its stack holds one panel after another,
/// and each panel one entry after another, two vectors an entry.
struct DeepShape {
  /// The layers that are computed as products: all but the first hidden layer.
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
  /// The sums that are kept by lane: those of the first hidden layer, then all other biases.
  let sums: Int
  /// The sums that are kept in four lanes each: those of all other weights.
  let products: Int
  /// Panels in a tile, 2^panelBits.
  let panelBits: Int
  /// Tiles in the table, 2^tileBits.
  let tileBits: Int
  /// Parts of the table, 2^partBits, a whole number of tiles each.
  let partBits: Int

  var panels: Int { 1 << panelBits }
  var tiles: Int { 1 << tileBits }
  var tilesPerPart: Int { tiles >> partBits }
  /// The units whose dZ fill half of the first cache, 16 KB, while the gradients of their weights
  /// are formed.
  var unitGroup: Int { 256 >> panelBits }
  /// The vectors of a panel.
  ///
  /// An entry is a cache line. From panel to panel there is an odd multiple of eight lines, so that
  /// the lines of an entry fall into eight of the 64 sets of the first cache. With a multiple of 64
  /// lines they would all fall into one set.
  var panelSize: Int { 2 * (entries + (24 - entries % 16) % 16) }

  init(_ architecture: Architecture) {
    let n = architecture.inputs
    isBridged = architecture.connections == .bridged
    holdsInputs = isBridged || architecture.depth == 0
    let left = holdsInputs ? 0 : n
    entries = (holdsInputs ? n : 0) + architecture.units + 1
    firstUnits = architecture.hidden.first ?? 0
    firstEntry = n - left
    var products = 0
    var sums = firstUnits * (n + 1)
    layers = architecture.layers.dropFirst(architecture.depth == 0 ? 0 : 1).map { layer in
      defer {
        sums += layer.outputs.count
        products += (layer.weights.count + 7) / 8 * 8
      }
      return DeepLayer(
        inputs: layer.inputs.lowerBound - left, inputCount: layer.inputs.count,
        outputs: layer.outputs.lowerBound - left, outputCount: layer.outputs.count,
        weights: layer.weights.lowerBound, biases: layer.biases.lowerBound, sums: sums,
        products: products)
    }
    self.sums = sums
    self.products = products
    let allPanelBits = max(n - 4, 0)
    panelBits = min(allPanelBits, 3)
    tileBits = allPanelBits - panelBits
    partBits = TableParts.bits(ofInputs: n)
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
  /// Where the sums of its biases are kept by lane.
  let sums: Int
  /// Where the sums of its weights are kept in four lanes each.
  let products: Int
}
