"""Measures ours and the peers in turn and prints one CSV; started by `run`, which says how."""

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
from pathlib import Path

from cells import HERE, ONE_THREAD, Cell, Missing, cells_of, run, spawn
from peers import PEERS
from workloads import CHECKS, SWEEP, WORKLOADS

COLUMNS = [
    "workload",
    "implementation",
    "version",
    "cores",
    "trials",
    "epochs",
    "seconds",
    "microseconds_per_trial_epoch",
    "gflop_per_second",
    "fraction_of_peak",
    "fraction_of_floor",
    "peak_megabytes",
    "times_ours",
]

# What is said on the way, and of the peers that must agree.
UNKNOWN = "no workload {name}; there are {names}"
REHEARSAL = "rehearsal: {cell}"
FOUND = "round {turn}: {cell}: {found}"
MISSING = "{cell} is missing: {reason}"
FAILED = "{cell} failed with {code}:\n{errors}"
LEFT_OUT = "left out without {compiler} and Python.h: {cells}"
LOSSES = "{name}: losses of {seeds} seeds after {epochs} epochs"
LOSSES_OF = "  {name:27} {losses}"
APART = "  at most {difference:.1e} apart, {allowed} is allowed"

PEAK = Cell("peak")
# A peer this many times slower than the fastest peer of a workload is not measured again.
HOPELESS = 4.0
# Two peers may differ by this much in the loss that they end with, from the same start.
TOLERANCE = 1e-4


def main() -> int:
    names = [*WORKLOADS, "W6"]
    parser = argparse.ArgumentParser(prog="scripts/peers/run")
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=" ".join(names))
    parser.add_argument("--rounds", type=int, default=3, help="3 unless said otherwise")
    parser.add_argument("--check", action="store_true", help="check that the peers agree")
    arguments = parser.parse_args()
    for name in set(arguments.workloads) - set(names):
        parser.error(UNKNOWN.format(name=name, names=" ".join(names)))
    if arguments.check:
        return 0 if agree() else 1

    comparison = Comparison([name for name in names if name in (arguments.workloads or names)])
    comparison.rehearse()
    for turn in range(1, arguments.rounds + 1):
        comparison.measure(turn)
    table = csv.DictWriter(sys.stdout, COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(comparison.rows())
    return 1 if comparison.failed else 0


class Comparison:
    """What each cell found in each round, cells in the order in which they are measured."""

    def __init__(self, workloads: list[str]):
        cells = [cell for workload in workloads for cell in cells_of(workload)]
        self.found = {cell: [] for cell in [PEAK, *usable(cells)]}
        self.missing, self.failed = [], []

    def rehearse(self) -> None:
        for cell in self.found:
            if cell.peer and cell.peer.needs_rehearsal:
                say(REHEARSAL.format(cell=cell))
                self.attempt(cell)

    def measure(self, turn: int) -> None:
        for cell, results in self.found.items():
            if cell in self.missing or cell in self.failed or self.is_hopeless(cell):
                continue
            result = self.attempt(cell)
            if result:
                results.append(result)
                shown = {name: rounded(value) for name, value in result.items()}
                say(FOUND.format(turn=turn, cell=cell, found=json.dumps(shown)))

    def attempt(self, cell: Cell) -> dict | None:
        try:
            return run(cell)
        except Missing as reason:
            say(MISSING.format(cell=cell, reason=reason))
            self.missing.append(cell)
        except subprocess.CalledProcessError as error:
            say(FAILED.format(cell=cell, code=error.returncode, errors=error.stderr))
            self.failed.append(cell)

    def is_hopeless(self, cell: Cell) -> bool:
        peers = [
            cost(results[0])
            for other, results in self.found.items()
            if results and other.peer and other.workload == cell.workload
        ]
        own = self.found[cell]
        return bool(cell.peer and own) and cost(own[0]) > HOPELESS * min(peers)

    def rows(self) -> list[dict]:
        medians = {cell: self.median(cell) for cell in self.found}
        peak = medians[PEAK].get("gflop_per_second")
        return [row(cell, medians[cell], medians[Cell(cell.workload)], peak) for cell in medians]

    def median(self, cell: Cell) -> dict:
        """The round in the middle, of two the faster, or of the peaks the highest."""
        results = self.found[cell]
        if cell == PEAK:
            return max(results, key=lambda result: result["gflop_per_second"], default={})
        return sorted(results, key=cost)[(len(results) - 1) // 2] if results else {}


def row(cell: Cell, result: dict, ours: dict, peak: float | None) -> dict:
    row = {"implementation": cell.name} | result | {"workload": cell.workload, "cores": cell.cores}
    if result and cell != PEAK:
        trained = SWEEP if cell.workload == "W6" else [WORKLOADS[cell.workload]]
        flop = statistics.mean(workload.flop for workload in trained)
        row["microseconds_per_trial_epoch"] = cost(result)
        row["gflop_per_second"] = flop / cost(result) / 1e3
        row["fraction_of_peak"] = peak and row["gflop_per_second"] / (peak * cell.cores)
        # Of several cores it was found beside one core, in turn.
        row["times_ours"] = result.get("times_ours") or (ours and cost(result) / cost(ours))
    return {name: rounded(value or None) for name, value in row.items()}


def cost(result: dict) -> float:
    """Microseconds of one epoch of one trial."""
    return result["seconds"] * 1e6 / (result["trials"] * result["epochs"])


def rounded(value):
    """Numbers to four digits, as the shortest decimal."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def usable(cells: list[Cell]) -> list[Cell]:
    compiler = os.environ.get("CXX", "clang++" if sys.platform == "darwin" else "g++")
    if shutil.which(compiler) and Path(sysconfig.get_path("include"), "Python.h").exists():
        return cells
    left_out = [cell for cell in cells if cell.peer and cell.peer.needs_compiler]
    say(LEFT_OUT.format(compiler=compiler, cells=", ".join(map(str, left_out))))
    return [cell for cell in cells if cell not in left_out]


def agree() -> bool:
    """Whether all peers end with the same losses, from the same start; shows what they end with."""
    peers = [cell.peer for cell in usable([Cell("check", peer) for peer in PEERS])]
    losses = {}
    for peer in peers:
        command = [sys.executable, HERE / "cell.py", peer.name, "check"]
        output, _ = spawn(command, environment=ONE_THREAD | peer.environment)
        losses[peer.name] = json.loads(output)
    apart = False
    for workload in CHECKS:
        print(LOSSES.format(**vars(workload)))
        able = {name: found for name, found in losses.items() if workload.name in found}
        for name, found in able.items():
            ends = " ".join(f"{loss:.6f}" for loss in found[workload.name])
            print(LOSSES_OF.format(name=name, losses=ends))
        columns = zip(*(found[workload.name] for found in able.values()), strict=True)
        difference = max(max(column) - min(column) for column in columns)
        apart |= not difference <= TOLERANCE
        print(APART.format(difference=difference, allowed=TOLERANCE))
    return not apart


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
