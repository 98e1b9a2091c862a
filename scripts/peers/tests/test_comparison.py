"""What is measured, in which order, and what becomes of it: with a program that only prints."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import cells
import compare
from cells import Cell, Missing
from compare import PEAK, Comparison
from peers import JAX, NUMPY, PEERS, SKLEARN, SWEEPERS
from workloads import RELU, SWEEP, WORKLOADS, Workload

PUBLISHED = Path(__file__).resolve().parents[3] / "results/peers/peers.csv"

# Ours, as far as the comparison knows: a table for a benchmark, nothing for a run.
PRINTED = """workload,trials,epochs,seconds,gflop_per_second,fraction_of_floor
{workload},64,2000,0.0676,58.16,0.1313
"""


def result(seconds: float, trials: int = 4, epochs: int = 200) -> dict:
    return {"seconds": seconds, "trials": trials, "epochs": epochs, "peak_megabytes": 20.0}


class OurProgram(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def ours(self, script: str) -> None:
        """Puts a shell script in the place of ours."""
        program = self.folder / "depthwidth"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        patch = mock.patch.object(cells, "BINARY", program)
        patch.start()
        self.addCleanup(patch.stop)

    def test_the_row_that_it_prints_is_read_and_its_memory_measured(self) -> None:
        self.ours(f'[ "$*" = "benchmark W1" ] && printf "{PRINTED.format(workload="W1")}"')
        found = cells.run(Cell("W1"))
        self.assertEqual((found["trials"], found["epochs"]), (64, 2000))
        self.assertEqual((found["seconds"], found["gflop_per_second"]), (0.0676, 58.16))
        self.assertGreater(found["peak_megabytes"], 0.1)

    def test_the_sweep_is_timed_from_outside_and_its_least_time_counts(self) -> None:
        self.ours("exit 0")
        with mock.patch.object(cells, "STARTS", 3):
            found = cells.run(Cell("W6"))
        self.assertEqual(found["trials"], sum(workload.seeds for workload in SWEEP))
        self.assertLess(found["seconds"], 5)

    def test_two_cores_are_the_median_of_what_pairs_of_starts_take(self) -> None:
        times = iter([2.0, 1.0, 4.0, 1.0, 3.0, 2.0])
        with (
            mock.patch.object(cells, "PAIRS", 3),
            mock.patch.object(cells, "run_ours", lambda _: result(next(times))),
        ):
            found = cells.run(Cell("W2", cores=2))
        # Pairs of 2 and 1, 4 and 1, 3 and 2 seconds.
        self.assertEqual((found["times_ours"], found["seconds"]), (0.5, 1.0))

    def test_what_it_does_not_know_is_missing_and_what_fails_has_failed(self) -> None:
        self.ours('echo "error: no workload W1" >&2; exit 64')
        with self.assertRaisesRegex(Missing, "no workload W1"):
            cells.run(Cell("W1"))
        self.ours("echo broken >&2; exit 1")
        with self.assertRaises(subprocess.CalledProcessError) as failed:
            cells.run(Cell("W1"))
        self.assertEqual(failed.exception.stderr, "broken\n")

    def test_a_program_that_is_not_there_is_missing(self) -> None:
        with (
            mock.patch.object(cells, "BINARY", self.folder / "none"),
            self.assertRaisesRegex(Missing, "none"),
        ):
            cells.run(Cell("W1"))


class Rounds(unittest.TestCase):
    def compared(self, seconds: dict[Cell, list[float]], rounds: int) -> Comparison:
        """A comparison of these cells, which take these times in turn."""
        left = {cell: iter(times) for cell, times in seconds.items()}

        def run(cell: Cell) -> dict:
            if cell == PEAK:
                return {"gflop_per_second": 100.0}
            time = next(left[cell])
            if time < 0:
                raise subprocess.CalledProcessError(1, ["peer"], stderr="broken")
            return result(time)

        with (
            mock.patch.object(compare, "cells_of", lambda _: list(seconds)),
            mock.patch.object(compare, "run", run),
            contextlib.redirect_stderr(io.StringIO()) as said,
        ):
            comparison = Comparison(["W2"])
            for turn in range(1, rounds + 1):
                comparison.measure(turn)
        self.said = said.getvalue()
        return comparison

    def test_the_middle_round_counts_and_times_are_multiples_of_ours(self) -> None:
        times = {Cell("W2"): [2.0, 9.0, 1.0], Cell("W2", NUMPY): [8.0, 6.0, 7.0]}
        _, ours, peer = self.compared(times, 3).rows()
        self.assertEqual((ours["seconds"], ours["times_ours"]), (2.0, 1.0))
        self.assertEqual((peer["seconds"], peer["times_ours"]), (7.0, 3.5))
        flop = WORKLOADS["W2"].flop
        self.assertAlmostEqual(ours["gflop_per_second"], flop * 800 / 2.0 / 1e9, places=2)
        self.assertAlmostEqual(ours["fraction_of_peak"], ours["gflop_per_second"] / 100, delta=1e-4)

    def test_a_peer_four_times_slower_than_the_fastest_is_measured_once(self) -> None:
        times = {
            Cell("W2"): [1.0] * 3,
            Cell("W2", NUMPY): [5.0] * 3,
            Cell("W2", JAX): [19.0] * 3,
            Cell("W2", SKLEARN): [21.0],
        }
        comparison = self.compared(times, 3)
        counts = [len(found) for found in comparison.found.values()]
        self.assertEqual(counts, [3, 3, 3, 3, 1])

    def test_a_cell_that_fails_is_not_tried_again_and_has_an_empty_row(self) -> None:
        times = {Cell("W2"): [1.0, 1.0], Cell("W2", NUMPY): [-1.0]}
        comparison = self.compared(times, 2)
        self.assertEqual(comparison.failed, [Cell("W2", NUMPY)])
        self.assertIn("W2 numpy stacked failed with 1:\nbroken", self.said)
        row = comparison.rows()[-1]
        self.assertEqual((row["implementation"], row.get("seconds")), ("numpy stacked", None))


class Cells(unittest.TestCase):
    def test_each_workload_has_ours_and_every_peer_that_can_train_it(self) -> None:
        for workload in RELU:
            found = cells.cells_of(workload.name)
            self.assertEqual(found[0], Cell(workload.name))
            named = [cell.peer for cell in found if cell.peer]
            self.assertEqual(named, [peer for peer in PEERS if peer.together(workload)])
        self.assertEqual([c.peer for c in cells.cells_of("W6") if c.peer], SWEEPERS)

    def test_operations_of_a_small_network_are_those_counted_by_hand(self) -> None:
        # 4 rows, 2 inputs, 3 units, 1 output: 4 (4 * 6 + 6 * 3).
        self.assertEqual(Workload("", 2, (3,), 1, 1).flop, 168)

    def test_a_workload_that_is_not_there_is_refused_with_those_that_are(self) -> None:
        script = Path(compare.__file__)
        command = [sys.executable, script, "W9"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no workload W9; there are W1 W2", done.stderr)


class Published(unittest.TestCase):
    def test_every_figure_follows_from_its_seconds(self) -> None:
        with PUBLISHED.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        self.assertEqual(list(rows[0]), compare.COLUMNS)
        peak = float(rows[0]["gflop_per_second"])
        ours: dict[str, dict] = {}
        compared = 0
        for row in rows[1:]:
            if not row["seconds"]:
                continue
            found = {name: json.loads(row[name]) for name in ("seconds", "trials", "epochs")}
            ours.setdefault(row["workload"], found)
            cell = Cell(row["workload"], cores=int(row["cores"]))
            if cell.cores > 1:
                found["times_ours"] = float(row["times_ours"])
            again = compare.row(cell, found, ours[row["workload"]], peak)
            for name in (
                "microseconds_per_trial_epoch",
                "gflop_per_second",
                "fraction_of_peak",
                "times_ours",
            ):
                # Recorded with four digits each.
                ratio = again[name] / float(row[name])
                self.assertAlmostEqual(ratio, 1, delta=2e-3, msg=f"{row} {name}")
                compared += 1
        self.assertGreater(compared, 200)
