"""The numbers that the templates name, read from the published results."""

import csv
import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# The loss that a learning curve falls below when it leaves its plateau at ln 2, in nats.
PLATEAU = 0.6


@dataclass(frozen=True)
class Results:
    """The published results, and what the program prints."""

    folder: Path
    printed: Callable[..., str]

    def rows(self, name: str, file: str) -> list[dict]:
        with (self.folder / name / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def row(self, experiment: str, file: str, **where: object) -> dict:
        """The one row of a file that has these values."""
        (row,) = [
            row
            for row in self.rows(experiment, file)
            if all(row[key] == str(value) for key, value in where.items())
        ]
        return row

    def summary(self, experiment: str, arm: str, n: int, **where: int) -> dict:
        """The one row of a summary for an arm at an n."""
        return self.row(experiment, "summary.csv", arm=arm, n=n, **where)

    def setting(self, experiment: str, arm: str, n: int, units: int) -> dict:
        """Seeds and successes of an arm at an n and a number of units."""
        return self.row(experiment, "settings.csv", arm=arm, n=n, units=units)

    def half(self, experiment: str, arm: str, n: int) -> str:
        """The fewest units for half of all seeds, or between which they lie."""
        row = self.summary(experiment, arm, n)
        low, high = row["half_low"], row["half_high"]
        if not high:
            return f"at least {low}"
        return low if low == high else f"{low} to {high}"

    def minimum(self, experiment: str, arm: str, n: int, **where: int) -> int:
        """The fewest units with which at least half of the seeds succeed."""
        return int(self.summary(experiment, arm, n, **where)["minimum_units_half"])

    def largest(self, experiment: str) -> int:
        """The largest n of an experiment."""
        return max(int(row["n"]) for row in self.rows(experiment, "summary.csv"))


def word(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)


def answer(results: Results) -> dict:
    """What is true of gates, of neurons, and of a layer that does not learn."""
    n, wide = results.largest("claim"), results.largest("frozen")
    deep = results.summary("claim", "deep tanh", n)
    ratios = [
        results.minimum("frozen", "frozen tanh", bits) / 2 ** (bits - 1)
        for bits in range(5, wide + 1)
    ]
    without = results.setting("claim", "logistic regression", n, 0)
    assert without["successes"] == "0", "a network without a hidden layer solves parity"
    return {
        "n": n,
        "rows": 2**n,
        "two_level": results.minimum("claim", "two-level circuit", n),
        "tree": results.minimum("claim", "tree circuit", n),
        "tree_depth": results.summary("claim", "tree circuit", n)["depth"],
        "sigmoids": word(results.minimum("claim", "sigmoids", n)),
        "shallow": results.half("claim", "shallow tanh", n),
        "deep": results.half("claim", "deep tanh", n),
        "layers": word(int(deep["depth"])),
        "frozen": results.minimum("frozen", "frozen tanh", n),
        "wide": wide,
        "least": min(ratios),
        "most": max(ratios),
    }


def first(results: Results) -> dict:
    """What the first command does, and how long it took."""
    trials = results.rows("claim", "trials.csv")
    trained = sum(row["family"] == "trained" for row in trials)
    provenance = json.loads((results.folder / "claim/provenance.json").read_text(encoding="utf-8"))
    session = provenance["sessions"][-1]
    return {
        "exact": len(trials) - trained,
        "trained": trained,
        "seconds": session["wallSeconds"],
        "jobs": word(session["jobs"]),
        "processor": session["processor"],
    }


def table(results: Results) -> dict:
    """What the first command prints: its table and its claims."""
    # As many columns as the table has.
    printed = results.printed(["summarize", "claim", "--output", "results"], columns=92)
    parts = printed.strip().split("\n\n")
    assert parts[0].startswith("units") and parts[-1].startswith("claims"), "another output"
    return {"units": parts[0], "claims": parts[-1]}


def experiments(results: Results) -> dict:
    """What the experiments found."""
    n, wide = results.largest("frozen"), results.largest("circuit-depth")
    widest = results.largest("neuron-depth")
    unproven = {
        row["arm"]
        for row in results.rows("neuron-depth", "summary.csv")
        if row["evidence"] != "verified"
    }
    assert unproven == {"tree of XORs"}, f"not proven for every row: {unproven}"
    ratios = [
        int(row["minimum_units_half"]) / int(row["two_level_units"])
        for row in results.rows("frozen", "summary.csv")
        if int(row["n"]) >= 5 and "random labels" not in row["arm"]
    ]
    optima = results.rows("optimum", "optimum.csv")
    known = [row["optimum"] for row in optima if row["optimum"]]
    (unknown,) = [row for row in optima if not row["optimum"]]
    agree = all(row["confirmed_lower_bound"] == row["optimum"] for row in optima if row["optimum"])
    assert agree, "a second solver does not confirm every refutation"
    # The table counts the output gate, summary.csv does not.
    gates = {
        depth: results.minimum("circuit-depth", "block circuit", wide, depth=depth) + 1
        for depth in (2, 3, 4, 5)
    }
    assert gates[2] == 2 ** (wide - 1) + 1, "another two-level circuit"
    return {
        "predictions": {name: prediction(results, name) for name in EXPERIMENTS},
        "verdicts": {name: verdicts(results, name) for name in EXPERIMENTS},
        "n": n,
        "least": min(ratios),
        "most": max(ratios),
        "counting": counting(results),
        "curves": curves(results),
        "wide": wide,
        "exponent": wide - 1,
        "gates": gates,
        "tree": results.minimum("circuit-depth", "tree of XORs", wide) + 1,
        "kombarov": results.minimum("circuit-depth", "Kombarov", wide) + 1,
        "optima": ", ".join(known),
        "optima_to": len(known) + 1,
        "unknown": unknown,
        "bridged": {
            depth: results.minimum("neuron-depth", "bridged layers", widest, depth=depth)
            for depth in (1, 2, 3)
        },
        "widest": widest,
        "cascade": results.minimum("neuron-depth", "cascade", widest),
    }


EXPERIMENTS = (
    "claim",
    "frozen",
    "small-widths",
    "learning-curves",
    "circuit-depth",
    "neuron-depth",
)


def prediction(results: Results, name: str) -> str:
    """What became of the prediction in a word; a dash where nobody has said so."""
    file = results.folder / name / "experiment.json"
    said = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return said.get("verdict", {}).get("prediction", "–")


def verdicts(results: Results, name: str) -> str:
    """How many claims hold, fail or are undecided, such as `4 hold, 1 fails`."""
    found = [row["verdict"] for row in results.rows(name, "claims.csv")]
    words = (("holds", "hold"), ("fails", "fail"), ("undecided", "undecided"))
    counts = [(found.count(one), one, many) for one, many in words]
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(parts)


def counting(results: Results) -> int:
    """The largest n up to which floor(n/2) + 1 units are the minimum from the counting start."""
    n = 2
    largest = results.largest("small-widths")
    while n <= largest and results.minimum("small-widths", "counting start", n) == n // 2 + 1:
        n += 1
    return n - 1


def curves(results: Results) -> dict:
    """When the loss leaves its plateau at the largest n, and how many trainings end solved."""
    trials = {row["key"]: row for row in results.rows("learning-curves", "trials.csv")}
    settings = results.rows("learning-curves", "settings.csv")
    n = str(results.largest("learning-curves"))
    below: dict[str, int] = {}
    for row in results.rows("learning-curves", "curves.csv"):
        if float(row["loss"]) < PLATEAU:
            below.setdefault(row["key"], int(row["epoch"]))

    def epochs(layers: int) -> int:
        keys = [key for key, row in trials.items() if (row["n"], row["depth"]) == (n, str(layers))]
        return statistics.median_high(below.get(key, 10**9) for key in keys)

    def solved(layers: int) -> str:
        own = [row for row in settings if row["depth"] == str(layers)]
        successes, seeds = (sum(int(row[name]) for row in own) for name in ("successes", "seeds"))
        return f"{successes} of {seeds}"

    return {
        "n": n,
        "plateau": PLATEAU,
        "one_epochs": epochs(1),
        "four_epochs": epochs(4),
        "one_solved": solved(1),
        "four_solved": solved(4),
    }


WORKLOADS = (
    *("W1", "W2", "W3a", "W3b", "W4", "W5", "W6", "W2-tanh", "W3b-tanh"),
    *("M1", "M2", "M3", "M4"),
)


def peers(results: Results) -> dict:
    """Ours beside the fastest peer, workload by workload, and beside what the machine can do."""
    found = results.rows("peers", "peers.csv")
    own = {
        (row["workload"], row["cores"]): row
        for row in found
        if row["implementation"] == "depthwidth"
    }
    shallow = [float(own[name, "1"]["fraction_of_peak"]) for name in ("W1", "W2", "W3a", "W3b")]
    deep = [float(own[name, "1"]["fraction_of_peak"]) for name in ("W4", "W5")]
    least = [1 / float(own[name, "1"]["fraction_of_floor"]) for name in ("W2", "W3a", "W3b")]
    return {
        **{name: workload(found, name) for name in WORKLOADS},
        "shallow_least": min(shallow),
        "shallow_most": max(shallow),
        "peak": float(own["peak", "1"]["gflop_per_second"]),
        "deep_least": min(deep),
        "deep_most": max(deep),
        "floor_least": min(least),
        "floor_most": max(least),
        "two_cores": {
            name: 1 / float(own[name, "2"]["times_ours"]) for name in ("W2", "W6", "W7-tanh")
        },
    }


def workload(found: list[dict], name: str) -> dict:
    """One row of the table of peers; ours is the first row of a workload."""
    ours, *others = [
        row for row in found if (row["workload"], row["cores"]) == (name, "1") and row["seconds"]
    ]
    peer = min(others, key=cost_of_epoch)
    return {
        "ours": cost(ours),
        "name": peer["implementation"],
        "peer": cost(peer),
        "times": float(peer["times_ours"]),
        "megabytes": float(ours["peak_megabytes"] or 0),
        "peer_megabytes": float(peer["peak_megabytes"] or 0),
    }


def cost_of_epoch(row: dict) -> float:
    return float(row["seconds"]) / int(row["trials"]) / int(row["epochs"])


def cost(row: dict) -> str:
    """The time for a trial and epoch; of the sweep W6, for all of it."""
    if row["workload"] == "W6":
        return f"{float(row['seconds']):.2g} s"
    microseconds = float(row["microseconds_per_trial_epoch"])
    if microseconds >= 1e6:
        return f"{microseconds / 1e6:.3g} s"
    return f"{microseconds / 1e3:.3g} ms" if microseconds >= 1e3 else f"{microseconds:.3g} µs"


PARTS = {part.__name__: part for part in (answer, first, table, experiments, peers)}
