"""What a certificate proves of smooth units, in real numbers enclosed by outward-rounded balls.

The values of tanh, sigmoid and elu are irrational. Here each is a ball of Arb (Johansson 2017): a
number with a bound of its error that every operation widens by its own rounding. What holds for all
numbers of the balls holds for the real units, whose weights are the doubles that were drawn.
"""

from __future__ import annotations

from flint import arb, arb_mat, ctx

from features import weights_of_units

# Bits of the numbers in the middle of the balls: more are tried where the balls are too wide.
PRECISIONS = (128, 256, 512)

# The share by which a published weight of a row may differ from the real one. The program solves
# for features that are rounded; up to n = 8 the largest difference is 5e-12.
ROUNDING = 1e-9

# The units whose values are enclosed here.
SMOOTH = ("tanh", "sigmoid", "elu")

Balls = list[list[arb]]


def values(activation: str, z: arb) -> arb:
    """g(z) of a smooth unit."""
    if activation == "tanh":
        return z.tanh()
    if activation == "sigmoid":
        return 1 / (1 + (-z).exp())
    # elu, which is e^z - 1 left of 0 and z right of it: both, where the sign is not certain.
    return z if z > 0 else z.expm1() if z <= 0 else z.union(z.expm1())


def features(activation: str, bits: int, seed: int, units: int) -> Balls:
    """The constant and the units: for each the values on all rows."""
    table = [[arb(1)] * 2**bits]
    for weights, bias in weights_of_units(bits, seed, units):
        sums = [arb(bias) - sum(map(arb, weights), arb(0))]
        for weight in weights:
            sums += [z + 2 * arb(weight) for z in sums]
        table.append([values(activation, z) for z in sums])
    return table


def decided(proof, activation: str, bits: int, seed: int, units: int) -> bool:
    """Whether the proof succeeds at some precision."""
    before = ctx.prec
    try:
        return any(proof(features(activation, bits, seed, units)) for ctx.prec in PRECISIONS)
    finally:
        ctx.prec = before


def separates(table: Balls, signs: list[int], weights: list[float]) -> bool:
    """Whether the weights certainly put every row strictly on the side of its label."""
    exact = [arb(weight) for weight in weights]
    return all(
        sign * sum((w * values[row] for w, values in zip(exact, table, strict=True)), arb(0)) > 0
        for row, sign in enumerate(signs)
    )


def refutes(table: Balls, signs: list[int], weights: dict[int, float]) -> bool:
    """Whether a combination of the signed rows vanishes, its coefficients positive and near those
    stated.

    There is one row more than features. With the coefficient of the first row held, the others
    solve a square system. The solver proves that every matrix in the balls is invertible; its balls
    contain the solution. So positive balls are a proof (Gordan 1873), whatever the published digits
    are; these are then held against the balls.
    """
    first, *others = weights
    if len(others) != len(table):
        return False
    matrix = arb_mat([[signs[row] * values[row] for row in others] for values in table])
    right = arb_mat([[-signs[first] * values[first] * weights[first]] for values in table])
    try:
        solved = matrix.solve(right)
    except ZeroDivisionError:
        return False
    found = {first: arb(weights[first])} | {row: solved[i, 0] for i, row in enumerate(others)}
    total = sum(found.values(), arb(0))
    return all(
        found[row] > 0 and abs(found[row] / total - weight) <= ROUNDING * weight
        for row, weight in weights.items()
    )
