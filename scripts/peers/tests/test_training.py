"""The peer that is quick to install, on networks of a few units: held against plain loops."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np

import cell
from parity import examples, glorot, judge, orders, truth_table
from peers import IN_BATCHES, NUMPY, Peer
from workloads import BETA1, BETA2, CHECKS, EPSILON, LEARNING_RATE, SWEEP, Workload

CELL = Path(cell.__file__)
TINY = [
    Workload("tiny", bits=3, widths=(4,), seeds=3, epochs=5, activation=activation)
    for activation in ("relu", "tanh")
] + [Workload("deep", bits=2, widths=(3, 2), seeds=2, epochs=5, activation="tanh")]


def outputs(workload: Workload, parameters: list[np.ndarray], row: list[float]) -> float:
    """The logit of one row, unit by unit."""
    values = row
    for index in range(0, len(parameters), 2):
        weights, biases = parameters[index], parameters[index + 1]
        if index:
            bend = (lambda v: max(v, 0.0)) if workload.activation == "relu" else math.tanh
            values = [bend(value) for value in values]
        values = [
            sum(value * weights[i, o] for i, value in enumerate(values)) + biases[o]
            for o in range(weights.shape[1])
        ]
    return values[0]


def loss(workload: Workload, parameters: list[np.ndarray]) -> float:
    rows = range(2**workload.bits)
    total = 0.0
    for row in rows:
        bits = [row >> place & 1 for place in range(workload.bits)]
        logit = outputs(workload, parameters, [2.0 * bit - 1 for bit in bits])
        signed = logit if sum(bits) % 2 else -logit
        total += math.log1p(math.exp(-abs(signed))) + max(-signed, 0)
    return total / len(rows)


def adam(workload: Workload, parameters: list[np.ndarray]) -> list[np.ndarray]:
    """Adam by differences of the loss: slow, and nothing of a backward pass in it."""
    means = [np.zeros_like(array) for array in parameters]
    squares = [np.zeros_like(array) for array in parameters]
    for epoch in range(1, workload.epochs + 1):
        gradients = [np.zeros_like(array) for array in parameters]
        for array, gradient in zip(parameters, gradients, strict=True):
            for place in np.ndindex(array.shape):
                kept, step = array[place], 1e-5
                array[place] = kept + step
                above = loss(workload, parameters)
                array[place] = kept - step
                gradient[place] = (above - loss(workload, parameters)) / (2 * step)
                array[place] = kept
        for array, g, m, v in zip(parameters, gradients, means, squares, strict=True):
            m[...] = BETA1 * m + (1 - BETA1) * g
            v[...] = BETA2 * v + (1 - BETA2) * g * g
            step = (m / (1 - BETA1**epoch)) / (np.sqrt(v / (1 - BETA2**epoch)) + EPSILON)
            np.subtract(array, LEARNING_RATE * step, out=array)
    return parameters


class Training(unittest.TestCase):
    def test_numpy_trains_as_plain_loops_and_differences_do(self) -> None:
        for workload in TINY:
            start = glorot(workload, range(workload.seeds))
            # At biases of 0 some gradients are 0 by symmetry, and Adam would follow the rounding.
            draw = np.random.default_rng(1)
            for _, biases in start:
                biases[...] = draw.uniform(-0.5, 0.5, biases.shape)
            trained = NUMPY.prepare(workload, workload.seeds, workload.epochs)(start)
            for seed in range(workload.seeds):
                own = [array[seed].astype(np.float64) for layer in start for array in layer]
                own[1::2] = [biases[0] for biases in own[1::2]]
                expected = loss(workload, adam(workload, own))
                found = judge(workload, trained)[1][seed]
                self.assertAlmostEqual(found, expected, places=6, msg=f"{workload} {seed}")

    def test_a_batch_of_all_rows_is_the_whole_table(self) -> None:
        for workload in TINY:
            start = glorot(workload, range(1))
            whole = NUMPY.prepare(workload, 1, workload.epochs)
            in_one = replace(workload, batch=2**workload.bits)
            batches = IN_BATCHES[0].prepare(in_one, 1, workload.epochs)
            for _, biases in start:
                biases[...] = 0.25
            expected, found = (
                judge(workload, train([tuple(array.copy() for array in layer) for layer in start]))
                for train in (whole, batches)
            )
            self.assertAlmostEqual(found[1][0], expected[1][0], places=5, msg=workload.name)

    def test_batches_visit_every_row_once_an_epoch_or_fresh_rows(self) -> None:
        table = replace(TINY[0], batch=3)
        for order in orders(table, 4):
            self.assertEqual(sorted(order), list(range(8)))
        fresh = replace(table, examples=5, is_fresh=True, relevant=2)
        self.assertEqual(orders(fresh, 3).ravel().tolist(), list(range(15)))
        inputs, labels = examples(fresh, 3)
        self.assertEqual(inputs.shape, (15, 3))
        np.testing.assert_array_equal(labels[:, 0], (inputs[:, :2] > 0).sum(axis=1) % 2)

    def test_the_start_of_a_seed_does_not_depend_on_those_beside_it(self) -> None:
        together = glorot(TINY[0], range(3))
        alone = glorot(TINY[0], range(2, 3))
        for (weights, _), (own, _) in zip(together, alone, strict=True):
            np.testing.assert_array_equal(weights[2], own[0])
            bound = (6 / sum(own[0].shape)) ** 0.5
            self.assertLessEqual(np.abs(own).max(), bound)

    def test_labels_are_the_parity_of_the_inputs(self) -> None:
        inputs, labels = truth_table(5)
        self.assertEqual(len({tuple(row) for row in inputs}), 32)
        for row, label in zip(inputs, labels[:, 0], strict=True):
            self.assertEqual(label, (row > 0).sum() % 2)

    def test_a_network_that_solves_half_of_the_rows_is_judged_so(self) -> None:
        # The logit is the first bit: right where the others have an even number of ones.
        weights, biases = np.zeros((1, 3, 1), np.float32), np.zeros((1, 1, 1), np.float32)
        weights[0, 0] = 1
        solved, losses = judge(Workload("line", 3, (), 1, 1), [(weights, biases)])
        self.assertEqual(solved.tolist(), [4])
        expected = (math.log1p(math.exp(-1)) + math.log1p(math.exp(1))) / 2
        self.assertAlmostEqual(losses[0], expected, places=6)


class ACell(unittest.TestCase):
    def test_what_is_measured_is_all_seeds_or_fewer_and_says_so(self) -> None:
        found = cell.measure(NUMPY, TINY[0])
        self.assertEqual((found["trials"], found["epochs"]), (3, 5))
        self.assertRegex(found["implementation"], r"^numpy stacked( of \d)?$")
        self.assertGreater(found["seconds"], 0)

    def test_a_process_prints_the_losses_that_peers_must_agree_on(self) -> None:
        for peer in (NUMPY, IN_BATCHES[0]):
            self.check_losses(peer)

    def check_losses(self, peer: Peer) -> None:
        command = [sys.executable, CELL, peer.name, "check"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        able = [workload for workload in CHECKS if peer.together(workload)]
        self.assertEqual(list(found), [workload.name for workload in able])
        for workload in able:
            self.assertEqual(len(found[workload.name]), workload.seeds)
            for value in found[workload.name]:
                self.assertTrue(0 < value < 1.5, found)

    def test_the_sweep_has_a_row_for_every_seed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "sweep.csv")
            few = [Workload("W6", 2, (2,), 2, 3), Workload("W6", 3, (1,), 2, 3)]
            with mock.patch.object(cell, "SWEEP", few):
                found = cell.sweep(NUMPY, str(file))
            rows = file.read_text(encoding="utf-8").splitlines()
        self.assertEqual(rows[0], "n,width,seed,solved_rows,loss")
        self.assertEqual(
            [row.split(",")[:3] for row in rows[1:]],
            [["2", "2", "0"], ["2", "2", "1"], ["3", "1", "0"], ["3", "1", "1"]],
        )
        self.assertEqual((found["trials"], found["epochs"]), (4, 3))

    def test_the_sweep_is_that_of_our_experiment(self) -> None:
        text = (CELL.parent / "w6/experiment.json5").read_text(encoding="utf-8")
        for line in (
            'bits: "2...8"',
            f"seeds: {SWEEP[0].seeds}",
            f"epochs: {SWEEP[0].epochs}",
            'widths: { from: 1, to: "2^(n-1)", factor: 2 }',
            f"learningRate: {LEARNING_RATE}",
        ):
            self.assertIn(line, text)
        self.assertEqual(
            [(workload.bits, *workload.widths) for workload in SWEEP],
            [(n, 2**k) for n in range(2, 9) for k in range(n)],
        )
