"""Runs experiments with fresh seeds and compares their intervals with the published ones."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from math import inf
from pathlib import Path

SEEDS = "100001...100400"
EXPERIMENTS = ("claim", "small-widths")
Interval = tuple[float, float]


def intervals(file: Path) -> dict[tuple[str, str, str], Interval]:
    """Both ends for each trained arm, n and depth; what is not reached lies above everything."""
    with file.open(newline="", encoding="utf-8") as lines:
        return {
            (row["arm"], row["n"], row["depth"]): (
                float(row["half_low"] or inf),
                float(row["half_high"] or inf),
            )
            for row in csv.DictReader(lines)
            if row["family"] == "trained"
        }


def contradictions(published: dict, fresh: dict) -> list[str]:
    """Where fresh seeds confirm less than was refuted, or refute what was confirmed."""
    found = []
    for place, (low, high) in published.items():
        fresh_low, fresh_high = fresh[place]
        name = "{}, n = {}, depth {}".format(*place)
        if fresh_high < low:
            found.append(
                f"{name}: {fresh_high:g} units are confirmed, published half_low is {low:g}"
            )
        if fresh_low > high:
            found.append(f"{name}: {high:g} units, the published half_high, are refuted")
    return found


def main(names: list[str]) -> int:
    wrong = 0
    for name in names or EXPERIMENTS:
        with tempfile.TemporaryDirectory() as folder:
            command = [os.environ["DEPTHWIDTH_BINARY"], "run", name, "--seeds", SEEDS]
            # A claim may be undecided, or fail where few seeds are all there are: intervals count.
            done = subprocess.run(
                [*command, "--output", folder], stdout=subprocess.DEVNULL, check=False
            )
            if done.returncode not in (0, 2):
                return done.returncode
            [run] = Path(folder).iterdir()
            fresh = intervals(run / "summary.csv")
        published = intervals(Path("results") / name / "summary.csv")
        found = contradictions(published, fresh)
        for sentence in found:
            print(f"{name}: {sentence}")
        print(f"{name}: {len(published) - len(found)} of {len(published)} intervals agree")
        wrong += len(found)
    return 2 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
