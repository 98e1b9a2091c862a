"""Certificates of a few small trials: as published, and with one number changed."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import tempfile
import unittest
from pathlib import Path

from flint import arb

import features
import main
import real

PUBLISHED = Path(__file__).resolve().parents[2] / "results/frozen"
KEYS = (
    "frozen sign/n=3/seed=1",
    "frozen ReLU/n=3/seed=2",
    "frozen ReLU/n=4/seed=1",
    "frozen tanh/n=4/seed=1",
)

Rows = list[dict[str, str]]


def published(file: str) -> Rows:
    with (PUBLISHED / file).open(newline="", encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if row["key"] in KEYS]


def write(path: Path, rows: Rows) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


class Certificates(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.trials, self.rows = published("trials.csv"), published("certificates.csv")

    def checked(self, trials: Rows | None = None, rows: Rows | None = None) -> tuple[int, str, str]:
        write(self.folder / "trials.csv", trials or self.trials)
        write(self.folder / "certificates.csv", rows or self.rows)
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code = main.main([str(self.folder)])
        return code, output.getvalue(), errors.getvalue()

    def found(self, key: str, trials: Rows | None = None, rows: Rows | None = None) -> None:
        """The change is found, and the trial that it belongs to is named."""
        code, output, _ = self.checked(trials, rows)
        self.assertEqual(code, 2, output)
        self.assertIn(f"fails  {key}: ", output)

    def changed(self, place: int, **values: object) -> Rows:
        rows = [dict(row) for row in self.rows]
        rows[place] |= {name: str(value) for name, value in values.items()}
        return rows

    def of_side(self, side: str) -> list[tuple[int, dict[str, str]]]:
        return [(index, row) for index, row in enumerate(self.rows) if row["side"] == side]

    def test_what_is_published_holds(self) -> None:
        code, output, _ = self.checked()
        self.assertEqual((code, output.split(" certificates")[0]), (0, "8 of 8"))

    def test_each_weight_of_a_row_that_is_off_by_a_millionth_is_found(self) -> None:
        for index, row in self.of_side("refutation"):
            value = float(row["value"]) * 1.000001
            self.found(row["key"], rows=self.changed(index, value=value))

    def test_each_row_of_a_refutation_replaced_by_another_is_found(self) -> None:
        for index, row in self.of_side("refutation"):
            other = int(row["index"]) ^ 1
            self.found(row["key"], rows=self.changed(index, index=other))

    def test_the_largest_weight_of_a_unit_with_the_other_sign_is_found(self) -> None:
        for key in KEYS:
            index, row = max(
                ((index, row) for index, row in self.of_side("weights") if row["key"] == key),
                key=lambda at: abs(float(at[1]["value"])),
            )
            self.found(key, rows=self.changed(index, value=-float(row["value"])))

    def test_a_row_that_is_left_out_is_found(self) -> None:
        for index in range(len(self.rows)):
            self.found(self.rows[index]["key"], rows=self.rows[:index] + self.rows[index + 1 :])

    def test_a_certificate_that_is_left_out_is_found(self) -> None:
        for key in KEYS:
            for side in ("weights", "refutation"):
                rows = [row for row in self.rows if (row["key"], row["side"]) != (key, side)]
                self.found(key, rows=rows)

    def test_each_number_of_a_trial_that_is_one_off_is_found(self) -> None:
        for index, trial in enumerate(self.trials):
            for name in ("seed", "units", "refuted_units"):
                trials = [dict(row) for row in self.trials]
                trials[index][name] = str(int(trial[name]) + 1)
                self.found(trial["key"], trials=trials)

    def test_files_of_something_else_are_refused(self) -> None:
        code, _, errors = self.checked(rows=self.changed(0, value="high"))
        self.assertEqual(code, 65)
        self.assertIn("'high'", errors)
        code, _, errors = self.checked(rows=self.changed(0, key="mine"))
        self.assertEqual(code, 65)
        self.assertIn("'mine' is not in trials.csv", errors)
        (self.folder / "certificates.csv").unlink()
        with contextlib.redirect_stderr(io.StringIO()) as said:
            self.assertEqual(main.main([str(self.folder)]), 65)
        self.assertIn("there is no such file", said.getvalue())

    def test_nothing_to_check_is_no_success(self) -> None:
        self.checked()
        with contextlib.redirect_stderr(io.StringIO()) as said:
            self.assertEqual(main.main([str(self.folder), "--bits", "2"]), 65)
        self.assertIn("nothing is checked", said.getvalue())

    def test_units_of_an_unknown_kind_are_refused(self) -> None:
        trials = [{**row, "activation": "cosine"} for row in self.trials]
        code, _, errors = self.checked(trials=trials)
        self.assertEqual(code, 65)
        self.assertIn("'cosine', which are unknown here", errors)


class Balls(unittest.TestCase):
    def test_smooth_units_are_enclosed_and_the_balls_are_small(self) -> None:
        for activation, known in (
            ("tanh", math.tanh),
            ("sigmoid", lambda z: 1 / (1 + math.exp(-z))),
            ("elu", lambda z: z if z > 0 else math.expm1(z)),
        ):
            for z in (-3.5, -0.1, 0.0, 1e-9, 0.7, 20.0):
                ball = real.values(activation, arb(z))
                self.assertLess(abs(float(ball.mid()) - known(z)), 1e-15 * max(1, abs(z)))
                self.assertLess(float(ball.rad()), 1e-14)

    def test_a_sum_near_zero_gets_both_sides_of_elu(self) -> None:
        ball = real.values("elu", arb(0, 0.5))
        self.assertTrue(ball.contains(arb(0.5)) and ball.contains(arb(-0.5).expm1()))

    def test_rows_are_those_of_the_sums_written_out(self) -> None:
        ((weights, bias),) = features.weights_of_units(3, 5, 1)
        table = real.features("tanh", 3, 5, 1)
        for row in range(8):
            z = bias + sum(w if row >> i & 1 else -w for i, w in enumerate(weights))
            self.assertLess(abs(float(table[1][row].mid()) - math.tanh(z)), 1e-14)

    def test_what_balls_cannot_decide_is_no_proof(self) -> None:
        # A logit of exactly 0 is on neither side, however narrow the balls are.
        table = real.features("tanh", 1, 1, 1)
        self.assertFalse(real.separates(table, [1, -1], [0.0, 0.0]))
        # A unit that stands twice: as many rows as are needed, but no square system is invertible.
        table = real.features("tanh", 2, 1, 1)
        signs = [-1, 1, 1, -1]
        weights = dict.fromkeys(range(4), 0.25)
        self.assertFalse(real.refutes([*table, table[1]], signs, weights))
