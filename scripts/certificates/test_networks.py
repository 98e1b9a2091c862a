"""Networks of a few units: as they should be published, and with anything changed."""

from __future__ import annotations

import contextlib
import csv
import io
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np
from flint import arb, ctx

import forward
import main
import networks

# XOR with two ReLU, on inputs 0 and 1: zero, one and two ones give the logits -1/2, 1/2, -1/2.
XOR = [[[1, 1], [1, 1]], [0, -1], [[1, -2]], [-0.5]]
# The same with a single unit, which the output unit sees beside the inputs; -1 and 1 for 0 and 1.
CASCADE = [[[20, 20]], [-20], [[0.5, 0.5, -1]], [-0.5]]
KEYS = ("xor relu/n=2/widths=2/seed=3", "cascade/n=2/widths=1/seed=1")


def trial(key: str, **values: object) -> dict[str, str]:
    row = {
        "key": key,
        "arm": key.split("/", maxsplit=1)[0],
        "family": "trained",
        "n": 2,
        "k": 2,
        "depth": 1,
        "widths": "2",
        "connections": "sequential",
        "units": 2,
        "activation": "relu",
        "seed": 3,
        "outcome": "solved",
        "coding": "zeroOne",
        "margin": 0.5,
    }
    return {name: str(value) for name, value in (row | values).items()}


def numbers(parts: list) -> list[np.ndarray]:
    return [np.array(part, dtype="<f8") for part in parts]


def fingerprint(parts: list) -> str:
    return networks.fnv(b"".join(part.tobytes() for part in numbers(parts)))


def about(row: dict[str, str], parts: list, minima: tuple[str, ...] = networks.MINIMA) -> dict:
    return networks.facts(row, list(minima)) | {
        "margin": float(row["margin"]),
        "hash": fingerprint(parts),
    }


def safetensors(entries: dict[str, tuple[dict, list]]) -> bytes:
    """A file by the letter of the format, without the package that reads it."""
    texts = {"format": networks.FORMAT}
    texts |= {key: networks.compact(said) for key, (said, _) in entries.items()}
    header: dict[str, object] = {"__metadata__": texts}
    data = b""
    for key, (_, parts) in entries.items():
        for place, part in enumerate(numbers(parts)):
            raw = part.tobytes()
            header[f"{key}/{'Wb'[place % 2]}{place // 2 + 1}"] = {
                "dtype": "F64",
                "shape": list(part.shape),
                "data_offsets": [len(data), len(data) + len(raw)],
            }
            data += raw
    text = networks.compact(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


class Networks(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        first = trial(KEYS[0])
        z, _ = forward.logits(
            forward.Network(numbers(CASCADE)[0::2], numbers(CASCADE)[1::2], "tanh", True),
            np.array([[-1, 1, -1, 1], [-1, -1, 1, 1]], dtype=float),
        )
        second = trial(
            KEYS[1],
            widths=1,
            units=1,
            seed=1,
            connections="bridged",
            activation="tanh",
            coding="plusMinusOne",
            margin=repr(float(min(abs(z)))),
        )
        unsolved = trial(
            "cascade/n=2/widths=1/seed=0", outcome="budget", margin="", seed=0, units=1
        )
        self.trials = [first, trial(KEYS[0].replace("=3", "=4"), seed=4), unsolved, second]
        self.summary = [
            {
                "arm": row["arm"],
                "family": "trained",
                "n": "2",
                "depth": "1",
                "minimum_units_any": row["units"],
                "minimum_units_half": row["units"],
            }
            for row in (first, second)
        ]
        self.entries = {
            KEYS[0]: (about(first, XOR), XOR),
            KEYS[1]: (about(second, CASCADE), CASCADE),
        }

    def checked(self, data: bytes | None = None) -> tuple[int, str, str]:
        for name, rows in (("trials", self.trials), ("summary", self.summary)):
            with (self.folder / f"{name}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        (self.folder / networks.FILE).write_bytes(
            safetensors(self.entries) if data is None else data
        )
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code = main.main([str(self.folder)])
        return code, output.getvalue(), errors.getvalue()

    def fails(self, *words: str) -> None:
        code, output, errors = self.checked()
        self.assertEqual(code, 2, output + errors)
        self.assertTrue(
            any(all(word in line for word in words) for line in output.splitlines()), output
        )

    def test_what_is_right_holds(self) -> None:
        code, output, errors = self.checked()
        self.assertEqual((code, errors), (0, ""), output)
        self.assertIn("2 networks, no faults", output)

    def test_each_changed_byte_is_found_and_one_of_a_number_with_key_and_row(self) -> None:
        whole = safetensors(self.entries)
        numbers_at = 8 + struct.unpack("<Q", whole[:8])[0]
        second_at = numbers_at + 8 * 9
        for place in range(len(whole)):
            data = bytearray(whole)
            data[place] ^= 1 << place % 8
            with self.subTest(place=place):
                code, output, errors = self.checked(bytes(data))
                self.assertIn(code, (2, 65))
                if place >= numbers_at:
                    key = KEYS[place >= second_at]
                    self.assertIn(f"fails  {key}: ", output, errors)
                    self.assertIn("row ", output)
                    self.assertEqual(code, 2)

    def test_a_file_that_ends_early_or_late_is_refused(self) -> None:
        whole = safetensors(self.entries)
        for size in range(0, len(whole), 7):
            self.assertEqual(self.checked(whole[:size])[0], 65)
        self.assertEqual(self.checked(whole + b"\0")[0], 65)

    def test_a_wrong_row_is_named_with_its_bits(self) -> None:
        parts = [XOR[0], XOR[1], [[1, -1.75]], XOR[3]]
        self.entries[KEYS[0]] = (about(self.trials[0], parts), parts)
        self.fails(KEYS[0], "row 3: the smallest |logit| is 0.25, trials.csv says 0.5")
        parts = [XOR[0], XOR[1], [[1, -1]], XOR[3]]
        self.entries[KEYS[0]] = (about(self.trials[0], parts), parts)
        self.fails(KEYS[0], "row 3 (x0 … = 11): the logit is 0.5, the label 0")

    def test_each_change_of_the_header_is_found(self) -> None:
        said, parts = self.entries[KEYS[1]]
        changes = {
            "n": 3,
            "relevant": [0],
            "architecture": [2],
            "connections": "sequential",
            "activation": "sigmoid",
            "coding": "zeroOne",
            "minima": ["minimum_units_any"],
            "margin": 0.25,
            "hash": "0123456789abcdef",
        }
        self.assertEqual(changes.keys(), said.keys())
        for name, value in changes.items():
            self.entries[KEYS[1]] = (said | {name: value}, parts)
            self.fails(KEYS[1])

    def test_a_network_of_another_shape_or_without_an_array_is_found(self) -> None:
        said, parts = self.entries[KEYS[0]]
        self.entries[KEYS[0]] = (said, [[[1, 1, 0], [1, 1, 0]], *parts[1:]])
        self.fails(KEYS[0], "W1 has the type float64 (2, 3), expected float64 (2, 2)")
        self.entries[KEYS[0]] = (said, parts[:2])
        self.fails(KEYS[0], "no array W2")
        self.entries[KEYS[0]] = (said, [*parts, [[1.0]]])
        self.fails(f"{KEYS[0]}/W3", "an array of no network")

    def test_a_minimum_without_its_network_is_found(self) -> None:
        del self.entries[KEYS[1]]
        self.fails(KEYS[1], "no network")
        self.entries = {}
        self.fails(KEYS[0], "no network")
        for row in self.trials:
            row["outcome"] = "budget"
        self.fails("xor relu/n=2/depth=1", "no solved training of 2 units")

    def test_another_seed_than_the_lowest_is_no_evidence(self) -> None:
        self.entries[KEYS[0].replace("=3", "=4")] = self.entries.pop(KEYS[0])
        self.fails(KEYS[0], "no network")

    def test_a_folder_without_the_file_fails(self) -> None:
        self.checked()
        (self.folder / networks.FILE).unlink()
        with contextlib.redirect_stdout(io.StringIO()) as output:
            self.assertEqual(main.main([str(self.folder)]), 2)
        self.assertIn("no networks.safetensors", output.getvalue())

    def test_a_sign_that_rounding_turns_is_decided_exactly(self) -> None:
        # 10^16 + 1 is no double: numpy has the logit -1/2 for the row 1, whose true one is 1/2.
        parts = [[[1e16], [1], [1e16]], [0, 0, 0], [[1, 1, -1]], [-0.5]]
        row = trial("one/n=1/widths=3/seed=1", n=1, k=1, widths=3, units=3, seed=1)
        net = forward.Network(numbers(parts)[0::2], numbers(parts)[1::2], "relu", False)
        z, moved = forward.logits(net, np.array([[0.0, 1.0]]))
        self.assertGreater(moved[1], abs(z[1]))
        self.assertEqual([forward.sign(net, np.array([x])) for x in (0.0, 1.0)], [-1, 1])
        self.trials = [row]
        self.summary = [{**self.summary[0], "arm": "one", "n": "1"}]
        self.summary[0] |= {"minimum_units_any": "3", "minimum_units_half": "3"}
        self.entries = {row["key"]: (about(row, parts), parts)}
        self.assertEqual(self.checked()[0], 0)
        parts[3] = [-1.5]
        self.entries = {row["key"]: (about(row, parts), parts)}
        self.fails(row["key"], "row 1 (x0 … = 1)", "the label 1")
        # A logit that is zero has no sign, however many bits are taken.
        parts[3] = [-1]
        self.assertEqual(
            forward.sign(
                forward.Network(numbers(parts)[0::2], numbers(parts)[1::2], "relu", False),
                np.array([1.0]),
            ),
            0,
        )


class Forward(unittest.TestCase):
    def test_the_true_logit_is_within_the_bound_of_rounding(self) -> None:
        source = np.random.default_rng(1)
        for activation in forward.FUNCTIONS:
            for is_bridged in (False, True):
                n, widths = 4, [3, 5, 2, 1]
                seen, weights, biases = n, [], []
                for width in widths:
                    weights.append(source.normal(size=(width, seen)) * 3)
                    biases.append(source.normal(size=width))
                    seen = seen + width if is_bridged else width
                net = forward.Network(weights, biases, activation, is_bridged)
                x = source.choice([-1.0, 1.0], size=(n, 20))
                z, moved = forward.logits(net, x)
                ctx.prec = 200
                for column in range(20):
                    true = forward.ball(net, [arb(float(value)) for value in x[:, column]])
                    off = abs(true - arb(float(z[column])))
                    self.assertTrue(off <= arb(float(moved[column])), (activation, off))
                    self.assertLess(moved[column], 1e-9)
                    self.assertEqual(forward.sign(net, x[:, column]), np.sign(z[column]))
                ctx.prec = 53

    def test_a_ball_over_a_kink_holds_the_values_on_both_sides(self) -> None:
        for activation, (function, _) in forward.FUNCTIONS.items():
            ball = forward.activate(activation, arb(0, 0.5))
            for z in (-0.5, -0.25, 0.0, 0.25, 0.5):
                self.assertTrue(ball.contains(arb(float(function(np.array(z))))) or z == 0)


if __name__ == "__main__":
    unittest.main()
