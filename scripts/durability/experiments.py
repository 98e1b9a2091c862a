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


def inside(scale: float, names: list[str] | None = None) -> str:
    """Trials of every kind that goes on from its epochs, or of some, each of 1.5 s x `scale`."""
    arms = {
        "shallow": f"""kind: "shallow", widths: [24], optimizer: "rprop", curves: true,
      epochs: {round(80_000 * scale)}""",
        "deep": f"""kind: "deep", depth: 3, widths: [8], heldOut: 0.25, curves: true,
      epochs: {round(50_000 * scale)}""",
        "again": f"""kind: "shallow", widths: [8], activation: "relu", restarts: 1,
      epochs: {round(350_000 * scale)}""",
        "batches": f"""kind: "shallow", widths: [8], batch: 32, epochs: {round(2_500 * scale)}""",
        "squares": f"""kind: "shallow", widths: [6], optimizer: "levenbergMarquardt",
      epochs: {round(8_000 * scale)}""",
    }
    lines = [f'{{ name: "{name}", {arms[name]} }},' for name in names or arms]
    return f"""
{{
  name: "inside",
  question: "Does a trial that is stopped and goes on end with the same bytes?",
  prediction: "Yes.",
  bits: [10],
  seeds: 1,
  budget: {{ epochs: 1, stopWhenSolved: false }},
  arms: [{"".join(lines)}],
  claims: [],
}}
"""
