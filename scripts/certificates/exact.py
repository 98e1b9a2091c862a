"""What a certificate proves, in rational numbers."""

from __future__ import annotations

from fractions import Fraction

# The share by which a published weight of a row may differ from the exact one: both are stated in
# double precision.
ROUNDING = 1e-12

Table = list[list[Fraction]]


def separates(table: Table, signs: list[int], weights: list[float]) -> bool:
    """Whether the weights put every row strictly on the side of its label."""
    exact = [Fraction(weight) for weight in weights]
    return all(
        sign * sum(w * values[row] for w, values in zip(exact, table, strict=True)) > 0
        for row, sign in enumerate(signs)
    )


def refutes(table: Table, signs: list[int], weights: dict[int, float]) -> bool:
    """Whether exactly one combination of the signed rows vanishes, and it is the one stated."""
    exact = vanishing(table, signs, list(weights))
    if exact is None or min(exact.values()) <= 0:
        return False
    total = sum(exact.values())
    return all(
        abs(exact[row] / total - Fraction(weight)) <= ROUNDING * exact[row] / total
        for row, weight in weights.items()
    )


def vanishing(table: Table, signs: list[int], rows: list[int]) -> dict[int, Fraction] | None:
    """The combination of the signed rows that vanishes, up to a factor, if there is just one."""
    matrix = [[Fraction(signs[row] * values[row]) for row in rows] for values in table]
    pivots: list[int] = []
    for column in range(len(rows)):
        rank = len(pivots)
        pivot = next((i for i in range(rank, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        top = matrix[rank] = [value / matrix[rank][column] for value in matrix[rank]]
        for i, line in enumerate(matrix):
            if i != rank and line[column]:
                factor = line[column]
                matrix[i] = [a - factor * b for a, b in zip(line, top, strict=True)]
        pivots.append(column)
    free = [column for column in range(len(rows)) if column not in pivots]
    if len(free) != 1:
        return None
    solved = {rows[column]: -matrix[i][free[0]] for i, column in enumerate(pivots)}
    return {rows[free[0]]: Fraction(1), **solved}
