"""The interval that the CSVs state for success probabilities, for those computed here."""

from __future__ import annotations

from math import sqrt

# The 97.5 % quantile of the normal distribution.
QUANTILE = 1.959963984540054


def interval(successes: int, seeds: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a probability."""
    z2 = QUANTILE * QUANTILE
    share = successes / seeds
    middle = (share + z2 / (2 * seeds)) / (1 + z2 / seeds)
    half = (
        QUANTILE / (1 + z2 / seeds) * sqrt(share * (1 - share) / seeds + z2 / (4 * seeds * seeds))
    )
    return max(0.0, middle - half), min(1.0, middle + half)
