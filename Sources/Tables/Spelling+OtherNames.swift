extension Spelling {
  /// What other tools and books call the things that have a name here: ours, then theirs in lower
  /// case without dashes and underscores.
  private static let otherNames: [(ours: String, theirs: String)] = [
    // Verbs and flags of the command.
    ("run", "train fit start resume continue exec"), ("plan", "dryrun"),
    ("run --list", "list ls experiments"),
    ("check", "test verify compare regress"), ("summarize", "report show summary results"),
    ("dataset", "data generate export"), ("merge", "join combine"), ("benchmark", "bench time"),
    ("--jobs", "j threads workers cores parallel nproc"), ("--output", "o out outdir dir"),
    ("--fresh", "force f overwrite restart clean"), ("--bits", "n inputs"),
    ("--epochs", "iterations maxiter steps"), ("--noise", "flip labelnoise"),
    ("--held-out", "testsize validation split"), ("--time-budget", "timeout timelimit maxtime"),
    // Keys of an experiment.
    ("widths", "width hidden hiddensizes hiddenlayersizes hiddenunits neurons units"),
    ("units", "hiddenunits neurons"), ("depth", "layers hiddenlayers numlayers"),
    ("learningRate", "lr rate stepsize alpha eta"), ("batch", "batchsize minibatch"),
    ("initialization", "init"), ("activation", "nonlinearity transfer"),
    ("heldOut", "testsize validation validationsplit"), ("bits", "n inputs"),
    ("epochs", "iterations maxiter steps"), ("prediction", "hypothesis"), ("k", "sparsity"),
    ("optimizer", "algorithm solver method"), ("kind", "type model"),
    // Kinds of arm.
    ("logistic", "linear perceptron logit logisticregression slp"),
    ("deep", "mlp dnn ffn feedforward multilayerperceptron"), ("circuit", "gates boolean logic"),
    ("shallow", "onehiddenlayer twolayer"), ("frozen", "random randomfeatures elm reservoir"),
    // Optimizers.
    ("gradientDescent", "sgd gd gradient backprop steepestdescent"), ("momentum", "sgdm heavyball"),
    ("levenbergMarquardt", "lm lma trainlm gaussnewton"), ("rprop", "resilient trainrp"),
    // Activations and starts.
    ("sigmoid", "logistic logsig expit"), ("relu", "relu6 rectifier rectifiedlinear"),
    ("leakyRelu", "lrelu leaky"), ("tanh", "tansig"), ("step", "heaviside sign threshold hardlim"),
    ("glorot", "xavier"), ("he", "kaiming"), ("fanIn", "lecun"), ("rademacher", "sign binary"),
    // Other words.
    ("bridged", "skip densenet shortcut"), ("sequential", "feedforward layered plain"),
    ("zeroOne", "binary 01 bits"), ("plusMinusOne", "bipolar signed pm1 spin"),
    ("dnf", "sop"), ("cnf", "pos"), ("xorTree", "xor tree"), ("nandTree", "nand"),
  ]

  /// The valid word that means what `word` means elsewhere.
  static func ours(for word: String, among valid: [String]) -> String? {
    let plain = word.lowercased().filter { $0 != "-" && $0 != "_" }
    return otherNames.first { ours, theirs in
      valid.contains(ours) && theirs.split(separator: " ").contains { $0 == plain }
    }?.ours
  }
}
