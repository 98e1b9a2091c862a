"""Tests of the plotter: awkward CSV files end in a sensible picture or one clear sentence."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import altair as alt

import accuracy
import curves
import depth
import laws
import main
import minima
import page
import success
import units
from experiment import Experiment
from figure import Figure, spread
from tables import DataError, Row
from wilson import interval

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
}
TRIAL = {
    "key": "tanh/n=4/5/seed=1",
    "arm": "tanh",
    "family": "trained",
    "n": 4,
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
}


def trials(ns: tuple[int, ...] = (4,)) -> list[Row]:
    return [
        {
            **TRIAL,
            "key": f"tanh/n={n}/{width}/seed={seed}",
            "n": n,
            "units": width,
            "outcome": "solved" if seed < width else "budget",
        }
        for n in ns
        for width in (2, 5, 8)
        for seed in range(1, 5)
    ]


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


class Drawing(Folder):
    def test_an_empty_minimum_is_drawn_open_at_the_most_units_tried(self) -> None:
        experiment = self.fill([MEASURED, UNREACHED])
        [figure] = units.build(experiment)
        rows = [row for row in drawn_rows(figure) if row.get("n") == 5 and "arm" in row]
        self.assertEqual({row["units"] for row in rows}, {16})
        self.assertEqual(len(minima.reached(experiment.summary)), 1)
        self.assertIn("Open triangles", figure.caption)

    def test_no_mark_of_any_published_figure_stands_at_zero_units(self) -> None:
        for name in main.published():
            for figure in main.section(name, RESULTS / name).drawn:
                for row in drawn_rows(figure):
                    self.assertNotIn(None, row.values(), f"{name} {figure.name}")
                    if figure.name in ("units", "depth", "gates"):
                        for column in ("units", "any", "low"):
                            self.assertGreater(
                                row.get(column, 1), 0, f"{name} {figure.name}: {row}"
                            )

    def test_every_published_specification_is_valid_vega_lite(self) -> None:
        sections = [main.section(name, RESULTS / name) for name in main.published()]
        for section in [*sections, main.laws_section()]:
            for figure in section.drawn:
                figure.picture.to_dict(validate=True)
                figure.interactive.to_dict(validate=True)

    def test_a_gap_parts_the_line(self) -> None:
        self.fill(
            [MEASURED, UNREACHED, {**MEASURED, "n": 6, "two_level_units": 32}], trials((4, 5, 6))
        )
        parts = [row["part"] for row in minima.reached(Experiment("mine", self.folder).summary)]
        self.assertEqual(parts, [0, 1])

    def test_a_single_n_gives_a_picture(self) -> None:
        self.fill([MEASURED])
        code, output, errors = self.plot()
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(len(output.splitlines()), 2)
        for name in ("units", "success"):
            self.assertGreater((self.folder / f"{name}.png").stat().st_size, 5000)
            self.assertIn("<svg", (self.folder / f"{name}.svg").read_text(encoding="utf-8"))

    def test_an_unknown_column_is_ignored(self) -> None:
        self.fill([MEASURED, UNREACHED])
        self.plot()
        plain = {path.name: path.read_bytes() for path in self.folder.glob("*.[sp][vn]g")}
        self.fill([{"weather": "fine", **row, "later": 7} for row in (MEASURED, UNREACHED)])
        self.plot()
        self.assertEqual(
            plain, {path.name: path.read_bytes() for path in self.folder.glob("*.[sp][vn]g")}
        )

    def test_trained_arms_of_several_depths_show_the_fewest_units(self) -> None:
        rows = [
            {**MEASURED, "depth": 2, "minimum_units_half": 4},
            MEASURED,
            {**UNREACHED, "n": 4, "depth": 3},
        ]
        self.fill(rows)
        [figure] = units.build(Experiment("mine", self.folder))
        self.assertIn(4, [row["units"] for row in drawn_rows(figure) if row.get("arm") == "tanh"])

    def test_nothing_but_logistic_regression_has_no_figure(self) -> None:
        self.fill(
            [{**UNREACHED, "depth": 0, "most_units_tried": 0}], [{**TRIAL, "depth": 0, "units": 0}]
        )
        self.refused("summary.csv", "no arm")

    def test_intervals_are_those_of_the_summary(self) -> None:
        compared = 0
        for name in ("claim", "small-widths", "frozen"):
            for row in Experiment(name, RESULTS / name).summary:
                if row["successes"] is not None:
                    low, high = interval(row["successes"], row["seeds"])
                    self.assertAlmostEqual(low, row["success_low"], places=12)
                    self.assertAlmostEqual(high, row["success_high"], places=12)
                    compared += 2
        self.assertGreater(compared, 100)

    def test_successes_counted_from_trials_are_those_of_the_summary(self) -> None:
        experiment = Experiment("claim", RESULTS / "claim")
        counted = {
            (row["arm"], row["n"], row["units"]): row["seeds"]
            for row in success.swept_rows(experiment.trials)
        }
        for row in experiment.summary:
            if row["arm"] in ("shallow tanh", "deep tanh"):
                self.assertEqual(
                    counted[row["arm"], row["n"], row["success_units"]],
                    f"{row['successes']} of {row['seeds']}",
                )

    def test_accuracies_from_trials_are_those_of_the_summary(self) -> None:
        experiment = Experiment("claim", RESULTS / "claim")
        means = {
            (row["series"], row["n"], row["depth"]): row["mean"]
            for row in accuracy.accuracy_rows(experiment)
        }
        for row in experiment.summary:
            if row["arm"] == "depth search held out":
                self.assertAlmostEqual(
                    means[f"{row['arm']}: rows held out", row["n"], row["depth"]],
                    row["mean_held_out_accuracy"],
                    places=5,
                )

    def test_labels_keep_apart_and_within_the_frame(self) -> None:
        places = spread([("a", 0), ("b", 1), ("c", 50), ("d", 99), ("e", 100), ("f", 100)], 15, 100)
        heights = sorted(places.values())
        self.assertTrue(all(b - a >= 15 - 1e-9 for a, b in itertools.pairwise(heights)), heights)
        self.assertGreaterEqual(heights[0], 0)
        self.assertLessEqual(heights[-1], 100)

    def test_the_laws_need_their_arms(self) -> None:
        empty = self.fill([MEASURED])
        with self.assertRaisesRegex(DataError, "no arm 'two-level circuit'"):
            laws.build(empty, Experiment("frozen", RESULTS / "frozen"))


class Curves(Folder):
    def fill_curves(self, rows: list[Row]) -> Experiment:
        experiment = self.fill([MEASURED], trials())
        write_csv(self.folder / "curves.csv", rows)
        return experiment

    def recorded(self) -> list[Row]:
        """Four seeds: the loss falls, one seed ends early, one stalls."""
        return [
            {
                "key": f"tanh/n=4/5/seed={seed}",
                "epoch": epoch,
                "loss": 0.7 if seed == 4 else 0.7 / (1 + epoch * seed / 10),
                "accuracy": 0.5 if seed == 4 else min(1, 0.5 + epoch / 200),
            }
            for seed in range(1, 5)
            for epoch in (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)
            if seed != 3 or epoch < 50
        ]

    def test_curves_have_two_figures(self) -> None:
        self.fill_curves(self.recorded())
        code, output, errors = self.plot()
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("curves-loss.svg", output)
        self.assertIn("curves-accuracy.png", output)

    def test_a_run_that_ended_keeps_its_last_value(self) -> None:
        rows = curves.curve_rows(self.fill_curves(self.recorded()))
        self.assertEqual(rows[-1]["epoch"], 256)
        self.assertEqual(rows[-1]["seeds"], 4)
        self.assertEqual(min(row["epoch"] for row in rows), 1)

    def test_a_loss_of_zero_is_drawn_at_the_end_of_the_axis(self) -> None:
        rows = [{**row, "loss": 0.0} for row in self.recorded()]
        for figure in curves.build(self.fill_curves(rows)):
            figure.write(self.folder)

    def test_missing_losses_are_left_out(self) -> None:
        rows = [{**row, "loss": ""} for row in self.recorded()]
        self.assertFalse(any("loss" in row for row in curves.curve_rows(self.fill_curves(rows))))
        code, output, _ = self.plot()
        self.assertEqual(code, 0)
        self.assertNotIn("curves-loss", output)

    def test_a_foreign_key_is_refused(self) -> None:
        self.fill_curves([{"key": "other", "epoch": 1, "loss": 0.5, "accuracy": 0.5}])
        self.refused("curves.csv", "'other'", "trials.csv")


class Refusals(Folder):
    def test_a_missing_column(self) -> None:
        self.fill([{key: value for key, value in MEASURED.items() if key != "minimum_units_half"}])
        self.refused("summary.csv", "'minimum_units_half'", "found arm, family", "depthwidth run")

    def test_an_empty_file(self) -> None:
        self.fill([MEASURED])
        (self.folder / "summary.csv").write_text("", encoding="utf-8")
        self.refused("summary.csv", "empty")

    def test_a_missing_file(self) -> None:
        self.fill([MEASURED])
        (self.folder / "trials.csv").unlink()
        self.refused("trials.csv", "no such file")

    def test_a_header_alone(self) -> None:
        self.fill([MEASURED])
        (self.folder / "trials.csv").write_text(",".join(TRIAL) + "\n", encoding="utf-8")
        self.refused("trials.csv", "no rows")

    def test_a_field_that_is_no_number(self) -> None:
        self.fill([{**MEASURED, "minimum_units_any": "three"}])
        self.refused("summary.csv, row 2", "'minimum_units_any'", "'three'", "integer or empty")
        self.fill([{**MEASURED, "success_low": "nan"}])
        self.refused("'success_low'", "'nan'", "number or empty")

    def test_a_torn_row(self) -> None:
        self.fill([MEASURED])
        with (self.folder / "summary.csv").open("a", encoding="utf-8") as file:
            file.write("tanh,trained\n")
        self.refused("row 3", "2 fields")

    def test_bytes_that_are_no_text(self) -> None:
        self.fill([MEASURED])
        (self.folder / "summary.csv").write_bytes(b"\xff\xfe\x00")
        self.refused("summary.csv", "UTF-8")

    def test_a_misspelt_name_gets_a_suggestion(self) -> None:
        code, _, errors = self.plot("clam")
        self.assertEqual(code, 64)
        self.assertIn("did you mean 'claim'?", errors)

    def test_a_misspelt_flag_is_usage(self) -> None:
        self.assertEqual(self.plot("--pages-of")[0], 64)


class ThePage(Folder):
    def written(self, definition: str) -> str:
        """The page of one made-up experiment."""
        experiment = self.fill([MEASURED, UNREACHED])
        file = self.folder / "experiment.json5"
        file.write_text(definition, encoding="utf-8")
        section = page.Section(
            "mine", "mine", self.folder, units.build(experiment), experiment, file
        )
        return page.write(self.folder, [section]).read_text(encoding="utf-8")

    def test_texts_of_an_experiment_cannot_break_the_page(self) -> None:
        write_csv(
            self.folder / "claims.csv",
            [
                {
                    "claim": "</script> a < b & {{VEGA}}",
                    "arm": "",
                    "verdict": "holds",
                    "expected": "",
                    "found": "",
                    "n_from": "",
                    "n_to": "",
                }
            ],
        )
        text = self.written("{question: 'Is 1 < 2?', prediction: \"<b>yes</b>\", more: [1,],}")
        self.assertIn("&lt;/script&gt; a &lt; b &amp; {{VEGA}}", text)
        self.assertIn("Is 1 &lt; 2?", text)
        self.assertEqual(text.count("</script>"), 4)

    def test_claims_without_rows_are_no_error(self) -> None:
        (self.folder / "claims.csv").write_text(
            "claim,arm,verdict,expected,found,n_from,n_to\n", encoding="utf-8"
        )
        self.assertNotIn("<h3>verdicts", self.written("{question: 'q', prediction: 'p'}"))

    def test_an_experiment_file_without_a_question_is_refused(self) -> None:
        for definition, said in (
            ("{prediction: 'p'}", "no 'question'"),
            ("{", "not JSON5"),
            ("[]", "no 'question'"),
        ):
            with self.assertRaisesRegex(DataError, said):
                self.written(definition)

    def test_the_published_page_is_small_and_loads_nothing(self) -> None:
        text = (RESULTS / "index.html").read_text(encoding="utf-8")
        self.assertLess(len(text.encode()), 2_500_000)
        for word in ("<script src", '<link rel="stylesheet"', "@import", "url(http"):
            self.assertNotIn(word, text)


class SameBytes(Folder):
    def test_other_processes_write_the_same_bytes(self) -> None:
        """Nothing from hash seed, time zone or locale reaches a figure."""
        found = []
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
            self.fill([MEASURED, UNREACHED], trials((4, 5)))
            subprocess.run(
                [
                    sys.executable,
                    str(main.ROOT / "scripts/plots/main.py"),
                    "--from",
                    str(self.folder),
                ],
                check=True,
                capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            )
            found.append({path.name: path.read_bytes() for path in self.folder.glob("*.[sp][vn]g")})
        self.assertEqual(found[0], found[1])
        self.assertEqual(len(found[0]), 4)

    def test_a_figure_has_the_same_bytes_after_others(self) -> None:
        [figure] = depth.build(Experiment("neuron-depth", RESULTS / "neuron-depth"))
        first = [path.read_bytes() for path in figure.write(self.folder)]
        laws_figure: Any = main.laws_section().drawn[0]
        laws_figure.write(self.folder)
        self.assertEqual(first, [path.read_bytes() for path in figure.write(self.folder)])


if __name__ == "__main__":
    os.chdir(main.ROOT)
    assert alt.utils.schemapi.DEBUG_MODE
    unittest.main()
