"""Rows of made-up CSV files, and the command on a folder of them."""

from __future__ import annotations

import contextlib
import csv
import io
import tempfile
import unittest
from pathlib import Path

import altair as alt

import main
from experiment import Experiment
from figure import Figure
from tables import Row

# Altair checks what it is given.
assert alt.utils.schemapi.DEBUG_MODE

RESULTS = main.ROOT / "results"

MEASURED = {
    "arm": "tanh",
    "family": "trained",
    "n": 4,
    "depth": 1,
    "minimum_units_any": 3,
    "minimum_units_half": 5,
    "successes": 6,
    "seeds": 10,
    "success_low": 0.31,
    "success_high": 0.83,
    "two_level_units": 8,
    "success_units": 5,
    "mean_accuracy": 0.9,
    "mean_train_accuracy": 0.9,
    "mean_held_out_accuracy": "",
    "most_units_tried": 16,
    "chosen": "",
    "evidence": "trained",
    "k": 4,
    "half_low": 4,
    "half_high": 5,
}
TRIAL = {
    "key": "tanh/n=4/5/seed=1",
    "arm": "tanh",
    "family": "trained",
    "n": 4,
    "k": 4,
    "depth": 1,
    "units": 5,
    "outcome": "solved",
    "accuracy": 1.0,
    "train_rows": "",
    "train_solved_rows": "",
    "held_out_rows": "",
    "held_out_solved_rows": "",
}
UNREACHED = {
    **MEASURED,
    "n": 5,
    "minimum_units_half": "",
    "minimum_units_any": "",
    "successes": 0,
    "success_low": 0.0,
    "success_high": 0.28,
    "two_level_units": 16,
    "k": 5,
    "half_low": "",
    "half_high": "",
}


def trials(ns: tuple[int, ...] = (4,)) -> list[Row]:
    return [
        {
            **TRIAL,
            "key": f"tanh/n={n}/{width}/seed={seed}",
            "n": n,
            "k": n,
            "units": width,
            "outcome": "solved" if seed < width else "budget",
        }
        for n in ns
        for width in (2, 5, 8)
        for seed in range(1, 5)
    ]


def settings(trial_rows: list[Row]) -> list[Row]:
    """Seeds and successes of these trials, with intervals that are made up."""
    outcomes: dict[tuple, list[str]] = {}
    for row in trial_rows:
        place = tuple(row[name] for name in ("arm", "n", "k", "depth", "units"))
        outcomes.setdefault(place, []).append(row["outcome"])
    rows = []
    for place, found in outcomes.items():
        share = found.count("solved") / len(found)
        rows.append(
            {
                **dict(zip(("arm", "n", "k", "depth", "units"), place, strict=True)),
                "seeds": len(found),
                "successes": found.count("solved"),
                "success_low": max(0, share - 0.25),
                "success_high": min(1, share + 0.25),
            }
        )
    return rows


def write_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def drawn_rows(figure: Figure) -> list[Row]:
    """All rows of data that the specifications of a figure hold."""
    return [
        row
        for specification in (figure.specification(), figure.page_specification())
        for rows in specification["datasets"].values()
        for row in rows
    ]


class Folder(unittest.TestCase):
    """A test with a folder of its own for CSV files."""

    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def fill(self, summary: list[Row], trial_rows: list[Row] | None = None) -> Experiment:
        write_csv(self.folder / "summary.csv", summary)
        write_csv(self.folder / "trials.csv", trial_rows or trials())
        write_csv(self.folder / "settings.csv", settings(trial_rows or trials()))
        return Experiment("mine", self.folder)

    def plot(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of the command."""
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code = main.main(list(arguments) or ["--from", str(self.folder)])
        return code, output.getvalue(), errors.getvalue()

    def refused(self, *words: str) -> None:
        """The folder is refused as bad data, in one sentence that has these words."""
        code, _, errors = self.plot()
        self.assertEqual(code, 65, errors)
        self.assertEqual(len(errors.splitlines()), 1, errors)
        for word in words:
            self.assertIn(word, errors)
