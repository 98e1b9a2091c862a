/// A data set as it is asked for: a task, all of its rows or a sample, some held out, noise on labels.
///
/// Sample and noise are drawn from streams of their own, so none of them changes another. The rows held
/// out of the whole table and the labels flipped among the others are those of a trial with the same
/// shares and seed: ``RowDraw``.
public struct DataSetRequest: Sendable {
  /// The task the labels come from.
  public let task: ParityTask
  /// The number of different rows to draw; nil for the whole table.
  public var sample: Int?
  /// The share of the rows to hold out; nil for no split.
  public var heldOut: Double?
  /// The share of the other rows whose label is flipped, as in the training of a trial; nil for none.
  public var labelNoise: Double?
  /// The probability with which each label is flipped; nil for no noise.
  public var noise: Double?
  /// The seed of sample, split and noise.
  public var seed: UInt64 = 1

  /// The whole table of a task.
  public init(_ task: ParityTask) { self.task = task }

  /// One row of the data set.
  public struct Example: Sendable {
    /// The input assignment: bit i is input i.
    public let row: UInt64
    /// The label, noise included.
    public let label: UInt8
    /// The label before noise.
    public let parity: UInt8
    /// Whether the row is held out.
    public let isHeldOut: Bool
  }

  /// The number of rows.
  public var count: Int { sample ?? Int(task.rowCount) }

  /// The rows made at a time: a table of 2^30 rows is never in memory unless rows of it are drawn.
  private static let pieceRows = 4096

  /// Hands over the rows in ascending order.
  public func forEach<Failure>(_ body: (Example) throws(Failure) -> Void) throws(Failure) {
    let sampled = sample.map { count in
      var generator = SeededGenerator(seed: seed, stream: "sample")
      return DataSet.sample(task, count: count, using: &generator)
    }
    let held = RowDraw.count(heldOut ?? 0, of: count)
    let flips = RowDraw.count(labelNoise ?? 0, of: count - held)
    let draw = RowDraw(task, heldOut: held, flipped: flips, seed: seed)
    let isHeldOut = draw.isHeldOut(among: count)
    let isFlipped = draw.isFlipped(among: count, isHeldOut: isHeldOut)
    var noiseGenerator = SeededGenerator(seed: seed, stream: "noise")
    for start in stride(from: 0, to: count, by: Self.pieceRows) {
      let places = start..<min(start + Self.pieceRows, count)
      let rows = sampled.map { Array($0.rows[places]) } ?? places.map(UInt64.init)
      let clean = DataSet(task, rows: rows)
      let noisy =
        noise.map { clean.flippingLabels(probability: $0, using: &noiseGenerator) } ?? clean
      for (index, row) in clean.rows.enumerated() {
        let place = start + index
        let isOther = !isFlipped.isEmpty && isFlipped[place]
        let (label, parity) = (noisy.labels[index], clean.labels[index])
        try body(
          Example(
            row: row, label: isOther ? 1 - label : label, parity: parity,
            isHeldOut: !isHeldOut.isEmpty && isHeldOut[place]))
      }
    }
  }
}
