"""Learning curves from recorded, missing and foreign points."""

from __future__ import annotations

import curves
from experiment import Experiment
from made_up import MEASURED, Folder, trials, write_csv
from tables import Row


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
