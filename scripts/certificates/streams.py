"""Random streams of trials drawn again: weights before training, rows held out, labels flipped.

What results/README.md says under "Random streams", in a program of its own.
"""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from features import MASK, generator

Words = Iterator[int]


def unit(words: Words) -> float:
    """A number in 0 ..< 1, a multiple of 2^-53."""
    return (next(words) >> 11) * 2.0**-53


def symmetric(words: Words, limit: float) -> float:
    """A number in -limit ..< limit."""
    return (2 * unit(words) - 1) * limit


def sign(words: Words) -> float:
    """-1 or 1."""
    return 1.0 if next(words) >> 63 else -1.0


def nearly_normal(words: Words) -> float:
    """The sum of twelve numbers in 0 ..< 1, less 6."""
    total = -6.0
    for _ in range(12):
        total += unit(words)
    return total


def below(words: Words, bound: int) -> int:
    """A whole number in 0 ..< bound (Lemire 2019)."""
    product = next(words) * bound
    while product & MASK < (1 << 64) % bound:
        product = next(words) * bound
    return product >> 64


def distinct(words: Words, count: int, bound: int) -> list[int]:
    """Different whole numbers in 0 ..< bound, ascending (Bentley and Floyd 1987)."""
    chosen: set[int] = set()
    for candidate in range(bound - count, bound):
        drawn = below(words, candidate + 1)
        chosen.add(candidate if drawn in chosen else drawn)
    return sorted(chosen)


def shuffled(words: Words, count: int) -> list[int]:
    """0 ..< count in a random order (Fisher and Yates, from the end)."""
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        place = below(words, last + 1)
        order[last], order[place] = order[place], order[last]
    return order


def digits(numbers: list[float]) -> str:
    """The 64-bit FNV-1a hash of the bytes of some doubles, the least significant first."""
    word = 0xCBF29CE484222325
    for byte in struct.pack(f"<{len(numbers)}d", *numbers):
        word = (word ^ byte) * 0x100000001B3 & MASK
    return f"{word:016x}"


@dataclass(frozen=True)
class Trial:
    """What decides the streams of a trained trial; `k` is the number of relevant bits."""

    n: int
    widths: tuple[int, ...]
    seed: int
    k: int = 0
    connections: str = "sequential"
    activation: str = "tanh"
    initialization: str = "glorot"

    def words(self, purpose: str) -> Words:
        """The stream of the initialization or of the order of mini-batches."""
        widths = "x".join(map(str, self.widths))
        return generator(
            self.seed,
            f"{purpose} n={self.n} k={self.k or self.n} widths={widths} "
            f"{self.connections} {self.activation} {self.initialization}",
        )

    def fans(self) -> list[tuple[int, int]]:
        """Of each layer, the output unit last: the values that it sees, and its units."""
        seen, fans = [self.n], []
        for width in (*self.widths, 1):
            fans.append((sum(seen) if self.connections == "bridged" else seen[-1], width))
            seen.append(width)
        return fans

    def weights(self) -> list[tuple[list[list[float]], list[float]]]:
        """W, a row of weights a unit, and b of each layer before training."""
        words = self.words("initialization")
        return self.start(words)

    def start(self, words: Words) -> list[tuple[list[list[float]], list[float]]]:
        """The same from any place of the stream: a further start of a trial with restarts."""
        layers, fans = [], self.fans()
        for place, (inputs, outputs) in enumerate(fans):
            is_first, is_output = place == 0, place == len(fans) - 1
            matrix, biases = [], []
            for _ in range(outputs):
                row = [
                    self._weight(words, inputs, outputs, is_first, is_output) for _ in range(inputs)
                ]
                matrix.append(row)
                biases.append(self._bias(words, row, is_output))
            layers.append((matrix, biases))
        return layers

    def _weight(
        self, words: Words, inputs: int, outputs: int, is_first: bool, is_output: bool
    ) -> float:
        match self.initialization:
            case "rademacher" if is_first:
                return sign(words)
            case "glorot" | "rademacher":
                return symmetric(words, math.sqrt(6 / (inputs + outputs)))
            case "he":
                return symmetric(words, math.sqrt(6 / inputs))
            case "fanIn":
                return symmetric(words, 1 / math.sqrt(inputs))
            case "counting":
                return (
                    symmetric(words, 0.6) if is_output else 0.3 * (1 + 0.1 * nearly_normal(words))
                )
        raise ValueError(self.initialization)

    def _bias(self, words: Words, row: list[float], is_output: bool) -> float:
        if self.initialization == "fanIn":
            return symmetric(words, 1 / math.sqrt(len(row)))
        if self.initialization == "counting" and not is_output:
            # Added up one after another, as the program does.
            return symmetric(words, list(itertools.accumulate(map(abs, row)))[-1])
        return 0.0

    def parameters(self) -> list[float]:
        """All of them in the program's order: of each layer the weights, then the biases."""
        return [
            number
            for matrix, biases in self.weights()
            for number in (*itertools.chain(*matrix), *biases)
        ]

    def order(self, epochs: int, rows: int) -> list[list[int]]:
        """The order of the rows trained on, epoch by epoch, where they come in mini-batches."""
        words = self.words("order")
        return [shuffled(words, rows) for _ in range(epochs)]


def count(share: float, rows: int) -> int:
    """A share of some rows to the nearest whole number, a half upward."""
    whole = math.floor(share * rows)
    return whole + (share * rows - whole >= 0.5)


def held_out(n: int, share: float, seed: int, k: int = 0) -> list[int]:
    """The rows of the truth table that a trial holds out."""
    held = count(share, 2**n)
    if held == 0:
        return []
    return distinct(generator(seed, f"data n={n} k={k or n} held-out={held}"), held, 2**n)


def flipped(n: int, share: float, noise: float, seed: int, k: int = 0) -> list[int]:
    """The rows whose label is flipped in the training of a trial with these shares."""
    held = set(held_out(n, share, seed, k))
    trained = [row for row in range(2**n) if row not in held]
    flips = count(noise, len(trained))
    stream = f"noise n={n} k={k or n} held-out={len(held)} noise={flips}"
    return [trained[place] for place in distinct(generator(seed, stream), flips, len(trained))]
