"""Numbers drawn here against those in streams/, which a test of the program holds as well."""

from __future__ import annotations

import csv
import unittest
from pathlib import Path

import streams

FOLDER = Path(__file__).resolve().parent / "streams"


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def trial(row: dict[str, str]) -> streams.Trial:
    widths = tuple(int(width) for width in row["widths"].split("x") if width)
    return streams.Trial(
        n=int(row["n"]),
        k=int(row["k"]),
        widths=widths,
        seed=int(row["seed"]),
        connections=row["connections"],
        activation=row["activation"],
        initialization=row["initialization"],
    )


class Streams(unittest.TestCase):
    def test_weights_before_training(self) -> None:
        found = rows("weights.csv")
        self.assertGreater(len(found), 8)
        for row in found:
            numbers = trial(row).parameters()
            self.assertEqual(len(numbers), int(row["parameters"]), row)
            self.assertEqual(numbers[:2], [float(row["first"]), float(row["second"])], row)
            self.assertEqual(streams.digits(numbers), row["hash"], row)

    def test_rows_held_out_and_flipped(self) -> None:
        for row in rows("rows.csv"):
            place = (int(row["n"]), float(row["held_out"]))
            seed, k = int(row["seed"]), int(row["k"])
            held = streams.held_out(*place, seed, k)
            self.assertEqual(" ".join(map(str, held)), row["held_out_rows"], row)
            noise = float(row["label_noise"])
            flipped = streams.flipped(*place, noise, seed, k) if noise else []
            self.assertEqual(" ".join(map(str, flipped)), row["flipped_rows"], row)

    def test_order_of_rows(self) -> None:
        for row in rows("orders.csv"):
            orders = trial(row).order(2, int(row["rows"]))
            self.assertEqual(" ".join(map(str, orders[0])), row["first_epoch"], row)
            self.assertEqual(" ".join(map(str, orders[1])), row["second_epoch"], row)


if __name__ == "__main__":
    unittest.main()
