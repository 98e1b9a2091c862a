"""The random units of a trial drawn again, from the seed alone, and the labels of its rows."""

from __future__ import annotations

import math

MASK = (1 << 64) - 1


def generator(seed, stream):
    """xoshiro256**, its state filled by SplitMix64 from the seed and the hash of the stream."""
    word = 0xCBF29CE484222325
    for byte in stream.encode():
        word = (word ^ byte) * 0x100000001B3 & MASK
    state, mix = [], seed ^ word
    for _ in range(4):
        mix = mix + 0x9E3779B97F4A7C15 & MASK
        word = (mix ^ mix >> 30) * 0xBF58476D1CE4E5B9 & MASK
        word = (word ^ word >> 27) * 0x94D049BB133111EB & MASK
        state.append(word ^ word >> 31)
    a, b, c, d = state
    while True:
        word = b * 5 & MASK
        yield ((word << 7 | word >> 57) & MASK) * 9 & MASK
        shifted = b << 17 & MASK
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        c ^= shifted
        d = (d << 45 | d >> 19) & MASK


def log(x):
    """The natural logarithm for 0 < x < 1, operation by operation as the suite computes it."""
    k, m = 0.0, x
    while m < 1:
        m, k = m * 2, k - 1
    if m > 1.4142135623730951:
        m, k = m * 0.5, k + 1
    f = m - 1
    s = f / (2 + f)
    square = s * s
    series = 2 / 23
    for odd in (21, 19, 17, 15, 13, 11, 9, 7, 5, 3):
        series = series * square + 2 / odd
    high, low = float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33")
    return k * high + (f - (s * (f - square * series) - k * low))


def normal_numbers(seed):
    words = generator(seed, "frozen features")
    while True:
        u, v = ((2 * ((next(words) >> 11) * 2.0**-53) - 1) * 1.0 for _ in range(2))
        s = u * u + v * v
        if 0 < s < 1:
            factor = math.sqrt(-2 * log(s) / s)
            yield u * factor
            yield v * factor


# The units whose values are doubles that IEEE operations alone give.
KINKED = {
    "step": lambda z: float(z > 0),
    "relu": lambda z: max(z, 0.0),
    "leakyRelu": lambda z: 0.01 * z if z < 0 else z,
}


def weights_of_units(bits, seed, units):
    """The weights and the bias of each unit, as they are drawn."""
    numbers = normal_numbers(seed)
    for _ in range(units):
        yield [next(numbers) for _ in range(bits)], next(numbers)


def features(activation, bits, seed, units):
    """The constant and the units, none of them smooth: for each the values on all rows."""
    table = [[1.0] * 2**bits]
    for weights, bias in weights_of_units(bits, seed, units):
        # A row's sum begins with the bias and takes one input after another, as in the program.
        sums = [bias]
        for weight in weights:
            sums = [z - weight for z in sums] + [z + weight for z in sums]
        table.append([KINKED[activation](z) for z in sums])
    return table


def signs(labels, bits, seed):
    if labels == "parity":
        return [1 if row.bit_count() & 1 else -1 for row in range(2**bits)]
    words, order = generator(seed, "balanced labels"), [row & 1 for row in range(2**bits)]
    for last in range(2**bits - 1, 0, -1):
        bound = last + 1
        product = next(words) * bound
        while product & MASK < (1 << 64) % bound:
            product = next(words) * bound
        place = product >> 64
        order[last], order[place] = order[place], order[last]
    return [1 if label else -1 for label in order]
