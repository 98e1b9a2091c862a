import Networks
import Parity
import Training

extension TrainedArm {
  static let outputLaw =
    "One logistic unit on top of the last layer, without a hidden layer on the inputs: its logit is "
    + "z = Σ w a + b. The answer is 1 where z > 0 and 0 where z < 0; z = 0 is wrong for either label."

  static let streamLaw =
    "Every number is drawn by xoshiro256** from a stream that is named by its purpose and seeded by "
    + "the trial's seed: results/README.md, Random streams."

  static let heldOutLaw =
    "round(heldOut · 2^n) rows, halves up, every choice equally likely, drawn by the seed from the "
    + "stream of the data: depthwidth dataset --bits N --held-out SHARE --seed SEED lists them."

  static let labelNoiseLaw =
    "round(labelNoise · rows trained on) of these, halves up, every choice equally likely, drawn by "
    + "the seed from the stream of the noise: depthwidth dataset --bits N --label-noise SHARE --seed "
    + "SEED lists them. Training sees the other label of such a row; rows are judged by the right one."

  static let restartLaw =
    "A start that spends its epochs without getting every row trained on right is followed by another "
    + "one, whose weights are the next that the stream of the initialization gives."
}

extension Activation {
  /// g(z) in words.
  var law: String {
    switch self {
    case .sigmoid: "g(z) = 1 / (1 + e^-z)"
    case .tanh: "g(z) = tanh z"
    case .relu: "g(z) = max(z, 0)"
    case .leakyRelu: "g(z) = z where z >= 0, \(Self.leak) z elsewhere"
    case .elu: "g(z) = z where z >= 0, e^z - 1 elsewhere"
    case .step: "g(z) = 1 where z > 0, 0 elsewhere"
    }
  }
}

extension Initialization {
  /// What is drawn, in words; U(-l, l) is uniform on the interval.
  var law: String {
    switch self {
    case .glorot: "weights U(-l, l) with l = sqrt(6 / (fan-in + fan-out)), biases 0"
    case .he: "weights U(-l, l) with l = sqrt(6 / fan-in), biases 0"
    case .rademacher:
      "weights of the first layer -1 or 1, each equally likely; those of the other layers U(-l, l) "
        + "with l = sqrt(6 / (fan-in + fan-out)); biases 0"
    case .fanIn: "weights and biases U(-l, l) with l = 1 / sqrt(fan-in)"
    case .counting:
      "an informed start, which knows that parity depends on the count of ones: weights into a hidden "
        + "unit 0.3 (1 + 0.1 X), X nearly N(0, 1); its bias U(-r, r), r the sum of their magnitudes; "
        + "weights into the output unit U(-0.6, 0.6), its bias 0"
    }
  }
}

extension Loss {
  /// The loss of a row with the logit z and the target t = ±1.
  var law: String {
    switch self {
    case .logistic: "mean over the rows of log(1 + e^(-t z)), t = ±1 the label"
    case .hinge: "mean over the rows of max(0, 1 - t z), t = ±1 the label"
    case .squared: "mean over the rows of (z - t)² / 2, t = ±1 the label"
    }
  }
}

extension InputCoding {
  /// The numbers for a bit.
  var law: String {
    switch self {
    case .plusMinusOne: "a bit that is off is -1, a bit that is on is 1"
    case .zeroOne: "a bit that is off is 0, a bit that is on is 1"
    }
  }
}

extension Optimizer {
  /// A step of each parameter w against the gradient g of the loss, in words.
  var law: String {
    switch self {
    case .gradient(.gradientDescent, _): "w ← w - learningRate · g"
    case .gradient(.momentum, _): "v ← momentum · v - learningRate · g, w ← w + v"
    case .gradient(.adam, _):
      "m ← beta1 · m + (1 - beta1) g, v ← beta2 · v + (1 - beta2) g², w ← w - learningRate · "
        + "m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon), t the step from 1 on"
    case .gradient(.rprop, _):
      "iRprop-: each parameter has a step size, first initialStep. It is multiplied by increase, up to "
        + "maximumStep, where g has the sign of the step before, and by decrease, down to minimumStep, "
        + "where it has the other; in that case g counts as 0. Then w moves by the step size against "
        + "the sign of g"
    case .levenbergMarquardt:
      "minimizes the sum over the rows of (tanh(z/2) - t)² / 2, t = ±1 the label, by steps d with "
        + "(JᵀJ + μD) d = -Jᵀe, D = 1/4 for the output unit's parameters and 1 for all others, μ first "
        + "damping. A step that lowers the sum is taken and μ divided by factor; another is undone and "
        + "μ multiplied by it, up to attempts steps an iteration. After stalls iterations in a row "
        + "without a step taken the training ends"
    }
  }
}

extension Schedule {
  /// The factor of the learning rate after u epochs behind the warm-up.
  var law: String {
    let end =
      "p = u / (epochs - warmup), at most 1; epochs is the trial's budget where it is absent"
    let course =
      switch course {
      case .constant: "the factor of the learning rate is 1"
      case .step: "the factor of the learning rate after u epochs is factor^floor(u / every)"
      case .linear: "the factor of the learning rate after u epochs is 1 - (1 - final) p, \(end)"
      case .cosine:
        "the factor of the learning rate after u epochs is final + (1 - final) (1 + cos πp) / 2, "
          + end
      }
    return course
      + "; u counts from the end of the warm-up, in whose epochs it grows to 1 by equal amounts a step"
  }
}

extension WeightDecay {
  /// What pulls the weights.
  var law: String {
    isDecoupled
      ? "w ← w - learningRate · weightDecay · w before each step, for weights, not for biases"
      : "weightDecay · w is added to the gradient of each weight, not of biases"
  }
}
