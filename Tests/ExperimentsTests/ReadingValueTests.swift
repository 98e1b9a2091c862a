import Experiments
import Testing

struct ReadingValueTests {
  @Test(arguments: numbers)
  func `an impossible number is refused with the possible ones`(slip: Slip) throws {
    try slip.check()
  }

  @Test(arguments: words)
  func `a wrong word or type is refused with what was expected`(slip: Slip) throws {
    try slip.check()
  }

  private static let bitsExpected =
    "expected n in 1...1024: a range such as \"2...8\" or a list of different numbers"
  private static let seedsExpected =
    "expected how many seeds, or the seeds in 0...1000000000: "
    + "a range such as \"2...8\" or a list of different numbers"

  private static let numbers = [
    Slip("bits: \"2...3\"", "bits: 0", "bits: found 0, \(bitsExpected)"),
    Slip(
      "bits: \"2...3\"", "bits: 40",
      "bits: found n = 40, expected n in 1...30 for the arm line"),
    Slip("bits: \"2...3\"", "bits: 1025", "bits: found 1025, \(bitsExpected)"),
    Slip(
      "bits: \"2...3\"", "bits: [3, 4000]",
      "bits[1]: found 4000, expected a whole number in 1...1024"),
    Slip("bits: \"2...3\"", "bits: \"3...2\"", "bits: found \"3...2\", \(bitsExpected)"),
    Slip("bits: \"2...3\"", "bits: \"2..3\"", "bits: found \"2..3\", \(bitsExpected)"),
    Slip("[1, 2]", "[]", "seeds: found an empty list, \(seedsExpected)"),
    Slip("[1, 2]", "0", "seeds: found 0, expected a whole number in 1...1000000"),
    Slip("[1, 2]", "[1, -2]", "seeds[1]: found -2, expected a whole number in 0...1000000000"),
    Slip(
      "[1, 2]", "[3, 1, 3]",
      "seeds[2]: found \"3\" a second time, expected it once"),
    Slip("[1, 2]", "\"0\"", "seeds: found \"0\", \(seedsExpected)"),
    Slip("[1, 2]", "\"-3\"", "seeds: found \"-3\", \(seedsExpected)"),
    Slip("[1, 2]", "\"1000001\"", "seeds: found \"1000001\", \(seedsExpected)"),
    Slip("[1, 2]", "2.5", "seeds: found 2.5, \(seedsExpected)"),
    Slip(
      "epochs: 10", "epochs: -1",
      "budget.epochs: found -1, expected a whole number in 0...1000000000"),
    Slip(
      "widths: \"1...n\"", "widths: 0",
      "arms[1].widths: the formula \"0\" is 0 at n = 2, expected 1...16777216"),
    Slip(
      "Rate: 0.1", "Rate: 0", "arms[1].optimizer.learningRate: found 0, expected a number above 0"),
    Slip(
      "Rate: 0.1", "Rate: -0.1",
      "arms[1].optimizer.learningRate: found -0.1, expected a number above 0"),
    Slip(
      "Rate: 0.1", "Rate: NaN",
      "arms[1].optimizer.learningRate: found nan, expected a number above 0"),
    Slip(
      "Rate: 0.1", "Rate: Infinity",
      "arms[1].optimizer.learningRate: found inf, expected a number above 0"),
    Slip(
      "epochs: 10", "epochs: 10, stopWhenSolved: 1",
      "budget.stopWhenSolved: found 1, expected true or false"),
    Slip(
      "heldOut: 0.5", "restarts: -1",
      "arms[0].restarts: found -1, expected a whole number in 0...1000"),
    Slip(
      "heldOut: 0.5", "heldOut: -0.1",
      "arms[0].heldOut: found -0.1, expected a share of the rows from 0 to below 1"),
    Slip(
      "heldOut: 0.5", "heldOut: 1",
      "arms[0].heldOut: found 1, expected a share of the rows from 0 to below 1"),
    Slip(
      "heldOut: 0.5", "heldOut: 1.5",
      "arms[0].heldOut: found 1.5, expected a share of the rows from 0 to below 1"),
    Slip(
      "heldOut: 0.5", "k: \"n-2\"", "arms[0].k: the formula \"n-2\" is 0 at n = 2, expected 1...2"),
    Slip(
      "batch: 2", "batch: 0",
      "arms[1].batch: found 0, expected \"full\" or the rows of a mini-batch, at least 1"),
    Slip(
      "value: \"n\"", "value: \"1/(n-3)\"",
      "claims[0].value: the formula \"1/(n-3)\" divides by zero at n = 3"),
  ]

  private static let words = [
    Slip(
      "\"tanh\"", "\"tahn\"",
      "arms[1].activation: found \"tahn\", expected one of sigmoid, tanh, relu, leakyRelu, elu; "
        + "did you mean \"tanh\"?"),
    Slip(
      "\"logistic\"", "\"logistik\"",
      "arms[0].kind: found \"logistik\", expected one of logistic, shallow, deep, depthSearch, "
        + "circuit, constructed, frozen; "
        + "did you mean \"logistic\"?"),
    Slip(
      "\"rprop\"", "\"sgd\"",
      "arms[0].optimizer: found \"sgd\", expected one of gradientDescent, momentum, adam, rprop, "
        + "levenbergMarquardt; did you mean \"gradientDescent\"?"),
    Slip(
      "\"rprop\"", "\"lbfgs\"",
      "arms[0].optimizer: found \"lbfgs\", expected one of gradientDescent, momentum, adam, rprop, "
        + "levenbergMarquardt"),
    Slip(
      "name: \"wide\"", "name: \"line\"",
      "arms[1].name: found \"line\" a second time, expected it once"),
    Slip(
      "name: \"wide\"", "name: \"a/b\"",
      "arms[1].name: found \"a/b\", expected a name of letters, digits, spaces and . _ + - ="),
    Slip(
      "name: \"small\"", "name: \"../x\"",
      "name: found \"../x\", expected a name of lower-case letters, digits, - and _"),
    Slip(
      "name: \"small\"", "name: 7",
      "name: found 7, expected a name of lower-case letters, digits, - and _"),
    Slip(
      "question: \"Why?\"", "question: \"\"", "question: found an empty string, expected a text"),
    Slip(
      "optimizer: { name: \"adam\", learningRate: 0.1 }", "optimizer: \"rprop\"",
      "arms[1].optimizer: found rprop with mini-batches, expected batch: \"full\", since rprop "
        + "trusts the sign of every gradient"),
    Slip(
      "optimizer: { name: \"adam\", learningRate: 0.1 }", "optimizer: \"levenbergMarquardt\"",
      "arms[1].optimizer: found levenbergMarquardt with mini-batches, expected batch: \"full\", "
        + "since levenbergMarquardt solves for all rows at once"),
    Slip(
      "learningRate: 0.1", "stalls: 3",
      "arms[1].optimizer: found the unknown key \"stalls\", expected one of name, learningRate, "
        + "beta1, beta2, epsilon, weightDecay, decoupled, schedule"),
    Slip(
      "optimizer: \"rprop\"", "optimizer: { name: \"levenbergMarquardt\", factor: 1 }",
      "arms[0].optimizer.factor: found 1, expected a number above 1"),
    Slip(
      "optimizer: \"rprop\"", "optimizer: { name: \"levenbergMarquardt\", stalls: 0 }",
      "arms[0].optimizer.stalls: found 0, expected a whole number in 1...1000"),
    Slip(
      "arm: \"wide\"", "arm: \"wied\"",
      "claims[0].arm: found \"wied\", expected one of line, wide; did you mean \"wide\"?"),
    Slip(
      "\"<=\"", "\"=<\"",
      "claims[0].is: found \"=<\", expected one of <=, <, >=, >, ==; did you mean \"<=\"?"),
    Slip(
      "\"minimum_units_any\"", "\"minimum_units\"",
      "claims[0].measure: found \"minimum_units\", expected one of minimum_units_any, "
        + "minimum_units_half, success_rate, best_accuracy, mean_accuracy, best_held_out_accuracy, "
        + "mean_held_out_accuracy; did you mean \"minimum_units_any\"?"),
    // The wrong type.
    Slip("{ epochs: 10 }", "10", "budget: found 10, expected an object { … }"),
    Slip(
      "epochs: 10", "epochs: \"10\"",
      "budget.epochs: found \"10\", expected a whole number in 0...1000000000"),
    Slip(
      "\"tanh\"", "1",
      "arms[1].activation: found 1, expected one of sigmoid, tanh, relu, leakyRelu, elu"),
    Slip("question: \"Why?\"", "question: null", "question: found null, expected a text"),
  ]
}
