"""Checks certificates of frozen features with rigor, apart from all Swift code.

Draws the random units again (xoshiro256**, polar method, a logarithm of IEEE operations). The
outputs of step and ReLU units are doubles, and are taken as the rational numbers that these are.
Those of tanh, sigmoid and elu units are real numbers, enclosed by balls that are rounded outward.
Weights must put every row strictly on the side of its label. Of a refutation the combination of its
rows that vanishes is solved for, exactly or in balls: all of its coefficients must be positive, and
those that are stated.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import exact
import networks
import real
from features import KINKED, features, signs

RESULTS = Path(__file__).resolve().parents[2] / "results"
FAILED, BAD_DATA = 2, 65
# Fewer certificates than this are not worth the start of other processes.
FEW = 50

FAILS = "fails  {key}: {side} of {units} units"
MISSING = "fails  {key}: no {side} of {units} units"
SUM = "{right} of {checked} certificates hold, {others} others are not checked here"
NO_FILE = "error: {file}: there is no such file, expected that of an experiment with frozen arms"
NO_COLUMN = "error: {file}: no column {name}, expected the files of a finished run"
NO_NUMBER = "error: {file}: {error}, expected a number; publish the experiment anew"
ACTIVATION = "error: {folder}: {key} has units of the kind '{found}', which are unknown here"
FOREIGN = "error: {file}: key '{key}' is not in trials.csv; both come from one run"
NOTHING = "error: {folder}: no frozen units up to n = {bits}, so nothing is checked"

Certificate = list[tuple[int, float]]


class DataError(Exception):
    """A file that is not what it should be, in one sentence."""


def rows_of(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            return list(csv.DictReader(lines))
    except FileNotFoundError:
        raise DataError(NO_FILE.format(file=file)) from None


def read(folder: Path) -> tuple[dict[str, dict], dict[tuple[str, str, int], Certificate]]:
    """The frozen trials by key, and the certificates by key, side and units."""
    trials = {
        row["key"]: row for row in rows_of(folder / "trials.csv") if row["family"] == "frozen"
    }
    file = folder / "certificates.csv"
    certificates: dict[tuple[str, str, int], Certificate] = {}
    for row in rows_of(file):
        if row["key"] not in trials:
            raise DataError(FOREIGN.format(file=file, key=row["key"]))
        try:
            place = (row["key"], row["side"], int(row["features"]))
            entry = (int(row["index"]), float(row["value"]))
        except (TypeError, ValueError) as error:
            raise DataError(NO_NUMBER.format(file=file, error=error)) from None
        certificates.setdefault(place, []).append(entry)
    return trials, certificates


def holds(trial: dict[str, str], side: str, units: int, certificate: Certificate) -> bool:
    bits, seed = int(trial["n"]), int(trial["seed"])
    activation, is_smooth = trial["activation"], trial["activation"] not in KINKED
    labels = signs(trial["construction"], bits, seed)
    indices = [index for index, _ in certificate]

    def proves(claim: Callable) -> bool:
        if is_smooth:
            return real.decided(lambda table: claim(real, table), activation, bits, seed, units)
        return claim(exact, features(activation, bits, seed, units))

    if side == "weights":
        values = [value for _, value in certificate]
        return (
            indices == list(range(units + 1))
            and str(units) == trial["units"]
            and proves(lambda proof, table: proof.separates(table, labels, values))
        )
    is_listed_once = len(set(indices)) == len(indices) and all(0 <= i < 2**bits for i in indices)
    return (
        str(units) == trial["refuted_units"]
        and is_listed_once
        and proves(lambda proof, table: proof.refutes(table, labels, dict(certificate)))
    )


def judged(tasks: list[tuple]) -> list[bool]:
    """What `holds` says of each, on all cores where there are many."""
    if len(tasks) < FEW:
        return [holds(*task) for task in tasks]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(holds, *zip(*tasks, strict=True)))


def check(folder: Path, most_bits: int) -> int:
    """Checks a folder; the exit code."""
    trials, certificates = read(folder)
    mine = {key: trial for key, trial in trials.items() if int(trial["n"]) <= most_bits}
    for key, trial in mine.items():
        if trial["activation"] not in (*KINKED, *real.SMOOTH):
            raise DataError(ACTIVATION.format(folder=folder, key=key, found=trial["activation"]))
    if not mine:
        raise DataError(NOTHING.format(folder=folder, bits=most_bits))
    missing = [
        MISSING.format(key=key, side=side, units=trial[column])
        for key, trial in mine.items()
        for side, column in (("weights", "units"), ("refutation", "refuted_units"))
        if trial["outcome"] == "solved" and (key, side, int(trial[column] or 0)) not in certificates
    ]
    checked = {place: entries for place, entries in certificates.items() if place[0] in mine}
    tasks = [(mine[key], side, units, entries) for (key, side, units), entries in checked.items()]
    failing = [
        FAILS.format(key=key, side=side, units=units)
        for (key, side, units), is_right in zip(checked, judged(tasks), strict=True)
        if not is_right
    ]
    for line in missing + failing:
        print(line)
    right, others = len(checked) - len(failing), len(certificates) - len(checked)
    print(SUM.format(right=right, checked=len(checked), others=others))
    return FAILED if missing or failing else 0


def check_networks(folder: Path) -> int:
    """Checks the networks of a folder; the exit code."""
    checked, faults = networks.check(folder)
    for line in faults:
        print(f"fails  {line}")
    said = f"{len(faults) or 'no'} fault{'' if len(faults) == 1 else 's'}"
    print(f"{folder}: {checked} networks, {said}")
    return FAILED if faults else 0


def check_all(folders: list[Path], most_bits: int) -> int:
    """Checks what each folder has, certificates and networks; the worst exit code."""
    worst = 0
    for folder in folders or sorted(file.parent for file in RESULTS.glob("*/trials.csv")):
        families = {row["family"] for row in rows_of(folder / "trials.csv")}
        if "frozen" in families or (folders and "trained" not in families):
            worst = max(worst, check(folder, most_bits))
        if "trained" in families:
            worst = max(worst, check_networks(folder))
    return worst


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/certificates/run", description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="such as results/frozen; all in results by default"
    )
    parser.add_argument(
        "--bits",
        type=int,
        default=9,
        help="certificates up to this n, 9 by default; more take minutes",
    )
    options = parser.parse_args(arguments)
    try:
        return check_all(options.folders, options.bits)
    except (DataError, networks.UnreadableError) as error:
        print(error, file=sys.stderr)
        return BAD_DATA
    except KeyError as error:
        print(NO_COLUMN.format(file=options.folders, name=error), file=sys.stderr)
        return BAD_DATA


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
