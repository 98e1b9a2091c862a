"""The experiments that the checks run: their own, so that no question depends on them."""

# About 500 trials of a few milliseconds, of every kind: trained, some of them with curves, exact,
# and frozen, which has certificates. The first claim fails, so that a finished run ends with 2 and
# not with the 0 that a program which did nothing would have as well.
DURABLE = """
{
  name: "durable",
  question: "Does a run that is killed, cut up or obstructed end with the same bytes?",
  prediction: "Yes.",
  bits: "2...7",
  seeds: 6,
  budget: { epochs: 4000, stopWhenSolved: false },
  arms: [
    { name: "two levels", kind: "circuit", family: "dnf" },
    { name: "tree", kind: "circuit", family: "xorTree" },
    { name: "thermometer", kind: "constructed", family: "thermometer" },
    { name: "line", kind: "logistic", optimizer: "rprop" },
    { name: "shallow", kind: "shallow", widths: ["1...n", "2n"], optimizer: "rprop", curves: true },
    { name: "batches", kind: "shallow", widths: ["n"], batch: 4, epochs: 500, curves: true },
    { name: "deep", kind: "deep", widths: ["n", "2n"] },
    { name: "held out", kind: "depthSearch", depths: "0...2", units: "2n", heldOut: 0.25 },
    { name: "frozen", kind: "frozen", activation: "relu", bits: "2...6" },
  ],
  claims: [
    { claim: "A line is enough, which is false.", arm: "line", measure: "best_accuracy", is: ">=",
      value: 1 },
    { claim: "2n units do.", arm: "shallow", measure: "minimum_units_any", is: "<=", value: "2n" },
  ],
}
"""

# The same with less work in each trial.
QUICK = DURABLE.replace("epochs: 4000", "epochs: 1200").replace("epochs: 500", "epochs: 150")

# A quick trial beside one that takes longer than anybody waits: what stops a run must not wait.
ENDLESS = """
{
  name: "endless",
  question: "Does a stop wait for the trials in flight?",
  prediction: "Not for long.",
  bits: "10",
  seeds: 1,
  budget: { epochs: 1000000, stopWhenSolved: false },
  arms: [
    { name: "line", kind: "logistic", epochs: 10 },
    { name: "wide", kind: "shallow", widths: [512] },
  ],
}
"""
