package import Networks
package import Parity

extension Network {
  /// One pass over rows of bits in one batch, at the network's parameters in single precision: how
  /// tests hold ``DensePass`` against the specification.
  package func evaluation(on rows: BitRows, coding: InputCoding, loss: Loss = .logistic)
    -> TableEvaluation
  {
    DenseOnce(network: self, source: SampleSource(rows: rows, coding: coding), loss: loss)
      .perform(architecture.activation)
  }

  /// One pass over examples of any numbers in one batch.
  package func evaluation(on examples: Examples, loss: Loss = .logistic) -> TableEvaluation {
    DenseOnce(network: self, source: MatrixSource(examples: examples), loss: loss)
      .perform(architecture.activation)
  }
}

private struct DenseOnce<Source: DenseSource>: DenseWork {
  let network: Network
  let source: Source
  let loss: Loss

  func run<Activation: LaneActivation>(_: Activation.Type) -> TableEvaluation {
    let count = source.count
    let numbers = Array(0..<UInt32(count))
    let shape = network.architecture
    let pass = DensePass<Activation>(
      shape, source.inputs, loss: loss, batch: count, capacity: count)
    let rule = GradientRule.gradientDescent(learningRate: 0)
    let state = DenseState(
      network, pass.shape, rule, epochs: 0, examples: 0, SeededGenerator(seed: 0, stream: "order"))
    let gradient = LaneMemory(pass.shape.parameterVectors)
    let batch = pass.batch
    numbers.withUnsafeBufferPointer { numbers in
      if let first = numbers.baseAddress { source.load(first, count: count, into: batch) }
    }
    let judgement = pass.evaluate(state.parameters.base, into: gradient.base, count: count)
    return TableEvaluation(
      gradient: pass.shape.numbers(in: gradient, shape), solvedRows: judgement.solvedRows,
      isFinite: judgement.isFinite)
  }
}
