"""Experiments of more arms than a picture holds, and of arms on k of n bits."""

from __future__ import annotations

import json
import re
from typing import Any

import curves
import report
import success
import units
from figure import Figure
from made_up import MEASURED, TRIAL, UNREACHED, Folder, drawn_rows, write_csv
from tables import Row

NS = range(2, 9)


def arm(index: int) -> str:
    return f"arm {index}"


def summary(count: int, k: int | None = None) -> list[Row]:
    """So many arms over n = 2 ... 8, every fifth not reached from n = 7 on."""
    return [
        {
            **(UNREACHED if index % 5 == 4 and n > 6 else MEASURED),
            "arm": arm(index),
            "n": n,
            "minimum_units_any": n,
            "two_level_units": 2 ** (n - 1),
            "k": min(k or n, n),
        }
        for index in range(count)
        for n in NS
    ]


def trials(count: int, k: int | None = None) -> list[Row]:
    return [
        {
            **TRIAL,
            "key": f"{arm(index)}/n={n}/{width}/seed={seed}",
            "arm": arm(index),
            "n": n,
            "k": min(k or n, n),
            "units": width,
            "outcome": "solved" if seed < width else "budget",
        }
        for index in range(count)
        for n in NS
        for width in (2, 5)
        for seed in (1, 3)
    ]


def looks(figure: Figure) -> dict[str, list[Any]]:
    """Colour, dash and mark of each arm, from the scales of the picture."""
    found: dict[str, dict[str, Any]] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for channel in ("color", "strokeDash", "shape"):
                encoding = node.get(channel)
                if isinstance(encoding, dict) and encoding.get("field") == "arm":
                    scale = encoding["scale"]
                    for name, value in zip(scale["domain"], scale["range"], strict=True):
                        found.setdefault(name, {})[channel] = value
            list(map(walk, node.values()))
        elif isinstance(node, list):
            list(map(walk, node))

    walk(figure.specification())
    return {name: [look[channel] for channel in sorted(look)] for name, look in found.items()}


class ManyArms(Folder):
    def drawn(self, count: int) -> list[Figure]:
        figures = units.build(self.fill(summary(count), trials(count)))
        names = [name for figure in figures for name in looks(figure)]
        self.assertEqual(sorted(names), sorted(map(arm, range(count))))
        return figures

    def test_twelve_arms_are_told_apart_in_one_figure(self) -> None:
        [figure] = self.drawn(12)
        found = [json.dumps(look) for look in looks(figure).values()]
        self.assertEqual(len(set(found)), 12, found)

    def test_twenty_arms_are_two_figures_on_the_same_axes(self) -> None:
        figures = self.drawn(20)
        self.assertEqual([figure.name for figure in figures], ["units", "units-2"])
        self.assertIn("part 2 of 2", figures[1].title)
        for figure in figures:
            self.assertEqual(len({json.dumps(look) for look in looks(figure).values()}), 10)
        domains = [
            re.findall(r'"domain": \[[\d., ]+\]', json.dumps(figure.specification()))
            for figure in figures
        ]
        self.assertTrue(domains[0])
        self.assertEqual(set(domains[0]), set(domains[1]))

    def test_marks_stand_nearer_to_their_n_than_to_the_next(self) -> None:
        for count in (1, 2, 9, 12, 20):
            for figure in self.drawn(count):
                for row in drawn_rows(figure):
                    if "arm" in row and "place" in row:
                        self.assertLess(abs(row["place"] - row["n"]), 0.35, row)

    def test_marks_on_a_logarithmic_axis_keep_to_their_n_as_well(self) -> None:
        rows = [
            {**row, "n": n, "k": n} for row in summary(12) for n in (2, 3, 15, 16) if row["n"] == 2
        ]
        [figure] = units.build(self.fill(rows, trials(12)))
        for row in drawn_rows(figure):
            if "arm" in row and "place" in row:
                self.assertLess(abs(row["place"] - row["n"]), 0.5, row)

    def test_every_name_has_its_label_within_the_frame(self) -> None:
        for figure in self.drawn(20):
            named = {row["text"]: row["y"] for row in drawn_rows(figure) if "text" in row}
            heights = sorted(named.values())
            self.assertEqual(len(heights), 12)  # ten arms and two lines for scale
            self.assertGreaterEqual(heights[0], 0)
            self.assertLessEqual(heights[-1], figure.specification()["height"])

    def test_curves_of_success_are_cut_in_parts_before_bands_hide_one_another(self) -> None:
        figures = success.build(self.fill(summary(20), trials(20)))
        self.assertEqual(
            [figure.name for figure in figures], ["success", "success-2", "success-3", "success-4"]
        )
        for figure in figures:
            self.assertEqual(len({json.dumps(look) for look in looks(figure).values()}), 5)

    def test_learning_curves_are_cut_in_parts_as_well(self) -> None:
        experiment = self.fill(summary(12), trials(12))
        write_csv(
            self.folder / "curves.csv",
            [
                {"key": row["key"], "epoch": epoch, "loss": 0.5, "accuracy": 0.5}
                for row in trials(12)
                for epoch in (1, 2)
            ],
        )
        names = [figure.name for figure in curves.build(experiment)]
        self.assertEqual(
            names, ["curves-loss", "curves-loss-2", "curves-accuracy", "curves-accuracy-2"]
        )

    def test_the_files_of_twenty_arms_are_written(self) -> None:
        self.fill(summary(20), trials(20))
        code, output, errors = self.plot()
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("units-2.svg", output)
        self.assertGreater((self.folder / "units-2.png").stat().st_size, 5000)


class SparseParity(Folder):
    """Three of n bits."""

    def test_the_line_for_scale_is_that_of_k_bits(self) -> None:
        [figure] = units.build(self.fill(summary(2, 3), trials(2, 3)))
        lines = {
            (row["line"], row["n"]): row["units"] for row in drawn_rows(figure) if "line" in row
        }
        self.assertEqual({name for name, _ in lines}, {"2^(k-1), k = 3", "k = 3"})
        for n in NS:
            self.assertEqual(lines["2^(k-1), k = 3", n], 2 ** (min(3, n) - 1))

    def test_picture_and_caption_name_k(self) -> None:
        self.fill(summary(2, 3), trials(2, 3))
        self.plot()
        for name in ("units", "success"):
            text = (self.folder / f"{name}.svg").read_text(encoding="utf-8")
            self.assertIn("k = 3", text, name)
        self.assertIn("2^(k-1)", (self.folder / "units.svg").read_text(encoding="utf-8"))

    def test_arms_on_all_bits_keep_their_own_line(self) -> None:
        rows = summary(2, 3)
        rows[len(NS) :] = [{**row, "k": row["n"]} for row in rows[len(NS) :]]
        [figure] = units.build(self.fill(rows, trials(2)))
        names = {row["line"] for row in drawn_rows(figure) if "line" in row}
        self.assertEqual(names, {"2^(k-1), k = 3", "k = 3", "2^(n-1)", "n"})
        self.assertIn("arm 0 (k = 3)", figure.caption)
        self.assertNotIn("arm 1 (", figure.caption)

    def test_k_that_grows_with_n_is_named_from_end_to_end(self) -> None:
        rows = [{**row, "k": row["n"] // 2 + 1} for row in summary(1)]
        [figure] = units.build(self.fill(rows, trials(1)))
        lines = {
            (row["line"], row["n"]): row["units"] for row in drawn_rows(figure) if "line" in row
        }
        self.assertEqual(lines["2^(k-1), k = 2 … 5", 8], 16)

    def test_the_page_names_k_in_its_table(self) -> None:
        table = report.minima_table(self.fill(summary(2, 3), trials(2, 3)))
        self.assertIn("arm 0 (k = 3)", table)
