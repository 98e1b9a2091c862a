public import Networks
import Parity

/// Trains `network` on a truth table, all rows in every step: the fast twin of
/// ``train(_:on:judgedBy:by:batch:with:within:order:observer:watcher:)``, in single precision.
///
/// Rows are judged before each step and after the last. A run ends when all rows are right in
/// single precision and then in double precision too: a result is ``StopReason/solved`` only if the
/// network solves every training row by the specification's forward pass, which also gives the
/// score and the points of the learning curve. A watcher is told how far the training is before each
/// step.
///
/// Preconditions: the network has an input for each bit and a trainable activation.
public func train(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), within budget: Budget,
  observer: CurveObserver? = nil, watcher: Watcher? = nil
) -> TrainingResult {
  precondition(
    network.architecture.inputs == table.task.bits,
    "\(network.architecture.inputs) inputs for \(table.task.bits) bits")
  return confirmed(
    count: table.trainingCount, observer, after: watcher?.start, check: { table.check($0) }
  ) { point, accepts in
    descend(
      network, on: table, by: rule, with: options, within: budget, point: point, watcher: watcher,
      accepts: accepts)
  }
}

/// The steps of ``train(_:on:by:with:within:observer:watcher:)`` alone, without the judgement at the
/// end.
///
/// When the budget stops at a solution, `accepts` decides whether a network that single precision
/// finds right ends the run. `point` gets the network after 0 epochs and returns the epoch after
/// which it wants the next; a run that goes on from a checkpoint has had the points before.
package func descend(
  _ network: Network, on table: ParityTable, by rule: GradientRule,
  with options: GradientOptions = GradientOptions(), within budget: Budget,
  point: ((_ epoch: Int, Network) -> Int)? = nil, watcher: Watcher? = nil,
  accepts: @escaping (Network) -> Bool
) -> Descent {
  let steps = Steps(
    network: network, table: table, rule: rule, options: options, budget: budget, point: point,
    watcher: watcher, accepts: accepts)
  return steps.perform(on: table, network.architecture)
}

/// The steps of a training run, whatever pass takes them.
private struct Steps: TableWork {
  let network: Network
  let table: ParityTable
  let rule: GradientRule
  let options: GradientOptions
  let budget: Budget
  let point: ((Int, Network) -> Int)?
  let watcher: Watcher?
  let accepts: (Network) -> Bool

  var loss: Loss { options.loss }
  var crew: Crew { watcher?.crew ?? .alone }

  func run<Pass: TablePass & ~Copyable>(_ pass: borrowing Pass, trainingRows: Int) -> Descent {
    let start = watcher?.start
    let parameters = PassParameters(network, pass)
    let gradient = LaneMemory(pass.parameterCount / 8)
    var optimizer = LaneOptimizer(
      rule, count: pass.parameterCount / 8, options, epochs: budget.epochs,
      weights: parameters.weights(of: network.architecture))
    if let start { start.restore(parameters, &optimizer) }

    var lastPoint = start?.lastPoint ?? -1
    let firstPoint = lastPoint < 0 ? 0 : CurveEpochs.next(after: lastPoint)
    var nextPoint = point == nil ? Int.max : firstPoint
    // Taken out of the watcher here: a copy of it in each epoch would count its references.
    let (ask, mask) = (watcher?.ask, watcher?.mask ?? 0)
    for epoch in (start?.epoch ?? 0)..<budget.epochs {
      if epoch == nextPoint, let point {
        nextPoint = point(epoch, end(parameters, epoch).network)
        lastPoint = epoch
      }
      let judgement = pass.evaluate(parameters.memory.floats, into: gradient.floats)
      guard judgement.isFinite else { return end(parameters, epoch, isFinite: false) }
      if budget.stopsWhenSolved, judgement.solvedRows == trainingRows {
        let proposal = end(parameters, epoch)
        if accepts(proposal.network) { return proposal }
      }
      if let ask, epoch & mask == 0 {
        let request = ask(epoch, judgement.solvedRows)
        if request != .nothing {
          let now = Moment(epoch: epoch, solvedRows: judgement.solvedRows, lastPoint: lastPoint)
          if grants(request, now, parameters, optimizer) {
            return end(parameters, epoch, stoppedAt: judgement.solvedRows)
          }
        }
      }
      guard optimizer.step(parameters.memory.base, gradient.base) else {
        return end(parameters, epoch + 1, isFinite: false)
      }
    }
    return end(parameters, budget.epochs)
  }

  private func end(
    _ parameters: borrowing PassParameters, _ epochs: Int, isFinite: Bool = true,
    stoppedAt: Int? = nil
  ) -> Descent {
    Descent(
      network: Network(network.architecture, parameters: parameters.numbers(parameters.memory)),
      epochs: epochs, isFinite: isFinite, stoppedAt: stoppedAt)
  }

  /// Where a run is before a step.
  private struct Moment {
    let epoch: Int
    let solvedRows: Int
    let lastPoint: Int
  }

  /// Grants what a watcher asks for; returns whether the run ends.
  @inline(never)
  private func grants(
    _ request: Request, _ now: Moment, _ parameters: borrowing PassParameters,
    _ optimizer: borrowing LaneOptimizer
  ) -> Bool {
    guard let watcher else { return false }
    let numbers = parameters.numbers(parameters.memory)
    let state = optimizer.checkpoint(at: parameters.positions)
    return watcher.grants(
      request,
      loss: { table.lossOfSample(Network(network.architecture, parameters: numbers)) },
      checkpoint: {
        Checkpoint(
          epoch: now.epoch, solvedRows: now.solvedRows, lastPoint: now.lastPoint,
          parameters: numbers, rest: .steps(state))
      })
  }
}

extension Checkpoint {
  /// Puts a run on the table into the state that was taken.
  fileprivate func restore(
    _ memory: borrowing PassParameters, _ optimizer: inout LaneOptimizer
  ) {
    guard case .steps(let state) = rest else {
      preconditionFailure("a checkpoint of another optimizer")
    }
    memory.write(parameters, to: memory.memory)
    optimizer.restore(state, at: memory.positions)
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
  package func evaluation(
    on table: ParityTable, loss: Loss = .logistic, by crew: Crew = .alone
  ) -> TableEvaluation {
    OnePass(network: self, loss: loss, crew: crew).perform(on: table, architecture)
  }
}

private struct OnePass: TableWork {
  let network: Network
  let loss: Loss
  let crew: Crew

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
