"""What a certificate proves of units whose values are rational, in whole numbers."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import fmpz_mat

# The share by which a published weight of a row may differ from the exact one: both are stated in
# double precision.
ROUNDING = 1e-12

Table = list[list[float]]


def integers(numbers: list[float] | list[Fraction]) -> tuple[list[int], int]:
    """Whole numbers, and the positive one by which they are the given numbers."""
    exact = [number.as_integer_ratio() for number in numbers]
    scale = math.lcm(*{denominator for _, denominator in exact})
    return [numerator * (scale // denominator) for numerator, denominator in exact], scale


def separates(table: Table, signs: list[int], weights: list[float]) -> bool:
    """Whether the weights put every row strictly on the side of its label."""
    scaled = [integers(values) for values in table]
    factors, _ = integers(
        [Fraction(weight) / scale for weight, (_, scale) in zip(weights, scaled, strict=True)]
    )
    sums = [0] * len(signs)
    for factor, (values, _) in zip(factors, scaled, strict=True):
        sums = [total + factor * value for total, value in zip(sums, values, strict=True)]
    return all(sign * total > 0 for sign, total in zip(signs, sums, strict=True))


def refutes(table: Table, signs: list[int], weights: dict[int, float]) -> bool:
    """Whether exactly one combination of the signed rows vanishes, and it is the one stated."""
    exact = vanishing(table, signs, list(weights))
    if exact is None or min(exact.values()) <= 0:
        return False
    total, rounding = sum(exact.values()), Fraction(ROUNDING)

    def is_stated(row: int, weight: float) -> bool:
        # Whole numbers of thousands of digits: multiplied, since reducing fractions takes long.
        numerator, denominator = weight.as_integer_ratio()
        difference = abs(exact[row] * denominator - numerator * total)
        size = exact[row] * denominator
        return difference * rounding.denominator <= rounding.numerator * size

    return all(is_stated(row, weight) for row, weight in weights.items())


def vanishing(table: Table, signs: list[int], rows: list[int]) -> dict[int, int] | None:
    """The combination of the signed rows that vanishes, up to a factor, if there is just one."""
    matrix = fmpz_mat([integers([signs[row] * values[row] for row in rows])[0] for values in table])
    basis, count = matrix.nullspace()
    if count != 1:
        return None
    found = [int(basis[place, 0]) for place in range(len(rows))]
    sign = -1 if found[0] < 0 else 1
    return {row: sign * number for row, number in zip(rows, found, strict=True)}
