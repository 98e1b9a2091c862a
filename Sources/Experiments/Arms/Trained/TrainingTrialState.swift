import Networks
import Parity
import Training

/// A training trial on its way: the starts that ended, and the checkpoint of the present one.
struct TrainingTrialState {
  /// The starts that ended.
  var starts = 0
  /// The epochs they spent.
  var epochs = 0
  /// What the network of the next start is drawn with.
  var initialization: SeededGenerator
  /// The points of the learning curve so far.
  var curve: [CurvePoint] = []
  /// Where the present start is; nil before it begins.
  var training: Checkpoint?

  /// The state before the first start.
  init(initialization: SeededGenerator) { self.initialization = initialization }

  /// All of it as bytes.
  var bytes: [UInt8] {
    var writer = CheckpointWriter()
    writer.write(starts)
    writer.write(epochs)
    let words = initialization.state
    for word in [words.0, words.1, words.2, words.3] { writer.write(word) }
    writer.write(curve.map(\.epoch))
    writer.write(curve.map { $0.loss ?? .nan })
    writer.write(curve.map(\.accuracy))
    writer.write(curve.map { $0.heldOutLoss ?? .nan })
    writer.write(curve.map { $0.heldOutAccuracy ?? .nan })
    writer.write(training?.bytes ?? [])
    return writer.bytes
  }

  /// Reads what ``bytes`` wrote; nil where it is anything else, or not the state of this trial.
  init?(_ bytes: [UInt8], of trial: TrainingTrial, on table: ParityTable) {
    var reader = CheckpointReader(bytes)
    guard let starts = reader.count(), let epochs = reader.count(), let a = reader.word(),
      let b = reader.word(), let c = reader.word(), let d = reader.word(),
      (a, b, c, d) != (0, 0, 0, 0), let points = reader.wholes(), let losses = reader.numbers(),
      let accuracies = reader.numbers(), let heldOutLosses = reader.numbers(),
      let heldOutAccuracies = reader.numbers(), let block = reader.block(), reader.isAtEnd,
      let training = Checkpoint(block)
    else { return nil }
    guard starts <= trial.restarts, epochs <= starts * trial.training.budget.epochs,
      [losses, accuracies, heldOutLosses, heldOutAccuracies].allSatisfy({ $0.count == points.count }
      ),
      trial.recordsCurve || points.isEmpty,
      training.fits(trial.architecture, on: table, trial.training)
    else { return nil }
    self.init(initialization: SeededGenerator(state: (a, b, c, d)))
    self.starts = starts
    self.epochs = epochs
    self.training = training
    for (index, epoch) in points.enumerated() {
      let known = { (number: Double) in number.isFinite ? number : nil }
      curve.append(
        CurvePoint(
          trial.key, epoch: epoch, loss: known(losses[index]), accuracy: accuracies[index],
          heldOutLoss: known(heldOutLosses[index]),
          heldOutAccuracy: known(heldOutAccuracies[index])))
    }
  }
}
