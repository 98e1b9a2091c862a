"""How many seeds solved it, for each arm, n, depth and number of units: the curves of success."""

from __future__ import annotations

from math import sqrt

from tables import Row

# The 97.5 % quantile of the normal distribution.
QUANTILE = 1.959963984540054


def from_trials(trials: list[Row]) -> list[Row]:
    """The settings in the order of the trials; arms that are measured have seeds, others none."""
    seeds: dict[tuple[str, int, int, int], list[Row]] = {}
    for row in trials:
        if row["family"] in ("trained", "frozen"):
            seeds.setdefault((row["arm"], row["n"], row["k"], row["depth"]), []).append(row)
    rows = []
    for (arm, n, k, depth), found in seeds.items():
        for units, tried, solved in _counts(found):
            low, high = wilson(solved, tried)
            place = {"arm": arm, "n": n, "k": k, "depth": depth, "units": units}
            count = {"seeds": tried, "successes": solved}
            rows.append({**place, **count, "success_low": low, "success_high": high})
    return rows


def _counts(found: list[Row]) -> list[tuple[int, int, int]]:
    """Units, seeds and successes; a frozen seed succeeds from its own minimum on."""
    solved = [row["units"] for row in found if row["outcome"] == "solved"]
    if found[0]["family"] == "frozen":
        return [
            (units, len(found), sum(one <= units for one in solved))
            for units in sorted(set(solved))
        ]
    tried = [row["units"] for row in found]
    return [(units, tried.count(units), solved.count(units)) for units in sorted(set(tried))]


def wilson(successes: int, seeds: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a probability, as the suite states it."""
    z2 = QUANTILE * QUANTILE
    share = successes / seeds
    middle = (share + z2 / (2 * seeds)) / (1 + z2 / seeds)
    half = QUANTILE / (1 + z2 / seeds) * sqrt(share * (1 - share) / seeds + z2 / (4 * seeds**2))
    return max(0.0, middle - half), min(1.0, middle + half)
