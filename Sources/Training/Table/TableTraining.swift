public import Networks
import Parity

/// Trains `network` on a truth table, all rows in every step: the fast twin of
/// ``train(_:on:judgedBy:by:batch:with:within:order:observer:)``, in single precision.
///
/// Rows are judged before each step and after the last. A run ends when all rows are right in
/// single precision and then in double precision too: a result is ``StopReason/solved`` only if the
/// network solves every training row by the specification's forward pass, which also gives the
/// score and the points of the learning curve.
///
/// Preconditions: the network has an input for each bit and a trainable activation.
public func train(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), within budget: Budget,
  observer: CurveObserver? = nil
) -> TrainingResult {
  precondition(
    network.architecture.inputs == table.task.bits,
    "\(network.architecture.inputs) inputs for \(table.task.bits) bits")
  var accepted: RowCheck?
  var curve = CurveRecorder(observer)
  let point: (Int, Network) -> Int = { epoch, network in
    curve.add(epoch, table.check(network).score, network)
    return curve.nextEpoch
  }
  let end = descend(
    network, on: table, by: rule, with: options, within: budget,
    point: observer == nil ? nil : point
  ) {
    let check = table.check($0)
    let isSolved = check.solvedRows == table.trainingCount
    // This check ends the run and gives its score, so that the network is not judged twice.
    if isSolved { accepted = check }
    return isSolved
  }
  let check = accepted ?? table.check(end.network)
  let isSolved = check.solvedRows == table.trainingCount
  let reason: StopReason =
    end.isFinite && check.loss.isFinite ? (isSolved ? .solved : .budget) : .diverged
  curve.add(end.epochs, check.score, end.network)
  return TrainingResult(
    reason: reason, epochs: end.epochs, score: check.score, network: end.network,
    margin: check.margin)
}

/// Where the steps of a training run ended.
package struct Descent: Sendable {
  /// The network, its parameters those of single precision.
  package let network: Network
  /// The steps taken.
  package let epochs: Int
  /// Whether all logits and parameters were finite to the end.
  package let isFinite: Bool
}

/// The steps of ``train(_:on:by:with:within:observer:)`` alone, without the judgement at the end.
///
/// When the budget stops at a solution, `accepts` decides whether a network that single precision
/// finds right ends the run. `point` gets the network after 0 epochs and returns the epoch after
/// which it wants the next.
package func descend(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), within budget: Budget,
  point: ((_ epoch: Int, Network) -> Int)? = nil, accepts: @escaping (Network) -> Bool
) -> Descent {
  let steps = Steps(
    network: network, rule: rule, options: options, budget: budget, point: point, accepts: accepts)
  return steps.perform(on: table, network.architecture)
}

/// The steps of a training run, whatever pass takes them.
private struct Steps: TableWork {
  let network: Network
  let rule: GradientRule
  let options: GradientOptions
  let budget: Budget
  let point: ((Int, Network) -> Int)?
  let accepts: (Network) -> Bool

  var loss: Loss { options.loss }

  func run<Pass: TablePass & ~Copyable>(_ pass: borrowing Pass, trainingRows: Int) -> Descent {
    let parameters = PassParameters(network, pass)
    let gradient = LaneMemory(pass.parameterCount / 8)
    var optimizer = LaneOptimizer(
      rule, count: pass.parameterCount / 8, options, epochs: budget.epochs,
      weights: parameters.weights(of: network.architecture))

    var nextPoint = point == nil ? Int.max : 0
    for epoch in 0..<budget.epochs {
      if epoch == nextPoint, let point { nextPoint = point(epoch, end(parameters, epoch).network) }
      let judgement = pass.evaluate(parameters.memory.floats, into: gradient.floats)
      guard judgement.isFinite else { return end(parameters, epoch, isFinite: false) }
      if budget.stopsWhenSolved, judgement.solvedRows == trainingRows {
        let proposal = end(parameters, epoch)
        if accepts(proposal.network) { return proposal }
      }
      guard optimizer.step(parameters.memory.base, gradient.base) else {
        return end(parameters, epoch + 1, isFinite: false)
      }
    }
    return end(parameters, budget.epochs)
  }

  private func end(
    _ parameters: borrowing PassParameters, _ epochs: Int, isFinite: Bool = true
  ) -> Descent {
    Descent(
      network: Network(network.architecture, parameters: parameters.numbers(parameters.memory)),
      epochs: epochs, isFinite: isFinite)
  }
}

/// What one pass finds, for tests that hold it against the specification.
package struct TableEvaluation: Sendable {
  /// ∂J/∂parameter, laid out as the network's parameters.
  package let gradient: [Double]
  /// The training rows that are right.
  package let solvedRows: Int
  /// Whether every logit is a number.
  package let isFinite: Bool
}

extension Network {
  /// One pass over the table at the network's parameters, rounded to single precision.
  package func evaluation(on table: ParityTable, loss: Loss = .logistic) -> TableEvaluation {
    OnePass(network: self, loss: loss).perform(on: table, architecture)
  }
}

private struct OnePass: TableWork {
  let network: Network
  let loss: Loss

  func run<Pass: TablePass & ~Copyable>(
    _ pass: borrowing Pass, trainingRows: Int
  ) -> TableEvaluation {
    let parameters = PassParameters(network, pass)
    let gradient = LaneMemory(pass.parameterCount / 8)
    let judgement = pass.evaluate(parameters.memory.floats, into: gradient.floats)
    return TableEvaluation(
      gradient: parameters.numbers(gradient), solvedRows: judgement.solvedRows,
      isFinite: judgement.isFinite)
  }
}
