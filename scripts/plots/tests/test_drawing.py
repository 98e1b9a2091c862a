"""What is drawn from awkward rows, and from the published ones."""

from __future__ import annotations

from itertools import pairwise

import accuracy
import laws
import main
import minima
import success
import units
from experiment import Experiment
from labels import spread
from made_up import MEASURED, RESULTS, TRIAL, UNREACHED, Folder, drawn_rows, trials
from tables import DataError


class Drawing(Folder):
    def test_an_empty_minimum_is_drawn_open_at_the_most_units_tried(self) -> None:
        experiment = self.fill([MEASURED, UNREACHED])
        [figure] = units.build(experiment)
        rows = [row for row in drawn_rows(figure) if row.get("n") == 5 and "arm" in row]
        self.assertEqual({row["units"] for row in rows}, {16})
        self.assertEqual(len(minima.reached(experiment.summary)), 1)
        self.assertIn("Open marks", figure.caption)

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
            [MEASURED, UNREACHED, {**MEASURED, "n": 6, "k": 6, "two_level_units": 32}],
            trials((4, 5, 6)),
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
            {**MEASURED, "depth": 2, "minimum_units_half": 4, "half_high": 4},
            MEASURED,
            {**UNREACHED, "n": 4, "k": 4, "depth": 3},
        ]
        self.fill(rows)
        [figure] = units.build(Experiment("mine", self.folder))
        self.assertIn(4, [row["units"] for row in drawn_rows(figure) if row.get("arm") == "tanh"])

    def test_what_few_seeds_found_is_drawn_without_a_bar_and_said_so(self) -> None:
        few = {**MEASURED, "half_high": ""}
        [found] = minima.reached(self.fill([few]).summary)
        self.assertEqual((found["units"], found["low"], found["half"]), (5, 5, "5?"))
        [found] = minima.reached(self.fill([MEASURED]).summary)
        self.assertEqual((found["units"], found["low"], found["half"]), (5, 4, "4–5"))

    def test_nothing_but_logistic_regression_has_no_figure(self) -> None:
        self.fill(
            [{**UNREACHED, "depth": 0, "most_units_tried": 0}], [{**TRIAL, "depth": 0, "units": 0}]
        )
        self.refused("summary.csv", "no arm")

    def test_successes_and_intervals_are_those_of_the_summary(self) -> None:
        for name, rows, count in (
            ("claim", success.swept_rows, 5),
            ("frozen", success.frozen_rows, 4),
        ):
            experiment = Experiment(name, RESULTS / name)
            drawn = {(row["arm"], row["n"], row["units"]): row for row in rows(experiment)}
            names = {arm for arm, _, _ in drawn}
            self.assertEqual(len(names), count, names)
            for row in experiment.summary:
                if row["arm"] in names:
                    found = drawn[row["arm"], row["n"], row["success_units"]]
                    self.assertEqual(found["seeds"], f"{row['successes']} of {row['seeds']}")
                    self.assertAlmostEqual(found["low"], row["success_low"], places=6)
                    self.assertAlmostEqual(found["high"], row["success_high"], places=6)

    def test_a_frozen_arm_that_no_seed_solves_is_drawn_as_far_as_it_was_tried(self) -> None:
        tried = [{**TRIAL, "arm": "frozen", "units": 64, "outcome": "budget"}] * 3
        rows = [{**UNREACHED, "arm": "frozen", "family": "frozen", "n": 4, "k": 4}]
        drawn = success.frozen_rows(self.fill(rows, tried))
        self.assertEqual([row["share"] for row in drawn], [0, 0])
        self.assertEqual([row["x"] for row in drawn], [0, 8])
        [figure] = success.build(Experiment("mine", self.folder))
        self.assertIn("frozen, n = 4, up to 8", figure.caption)

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
        self.assertTrue(all(b - a >= 15 - 1e-9 for a, b in pairwise(heights)), heights)
        self.assertGreaterEqual(heights[0], 0)
        self.assertLessEqual(heights[-1], 100)

    def test_the_laws_need_their_arms(self) -> None:
        empty = self.fill([MEASURED])
        with self.assertRaisesRegex(DataError, "no arm 'two-level circuit'"):
            laws.build(empty, Experiment("frozen", RESULTS / "frozen"))
