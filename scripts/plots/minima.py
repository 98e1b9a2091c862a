"""Minimum units against n, from rows of the summary to rows that are drawn, for laws and units."""

from __future__ import annotations

from itertools import pairwise
from math import inf, log2

import figure
import sentences
from experiment import arms, bits, is_measured, sparse_arms
from tables import Row


def fewest_over_depths(rows: list[Row]) -> list[Row]:
    """Of arms with several depths for one n the row with the fewest units; the others unchanged."""
    best: dict[tuple[str, int], Row] = {}
    for row in rows:
        place = (row["arm"], row["n"])
        if place not in best or _fewest(row) < _fewest(best[place]):
            best[place] = row
    return list(best.values())


def half(row: Row) -> int | None:
    """The fewest units for half of the seeds: those confirmed, or what few seeds found."""
    return row["minimum_units_half"] if row["half_high"] is None else row["half_high"]


def half_text(row: Row) -> str:
    """The same in words: both ends where seeds do not decide, with ? where they are few."""
    low, high = row["half_low"], row["half_high"]
    if high is not None and low is not None:
        return f"{low}" if low == high else f"{low}–{high}"
    found = row["minimum_units_half"]
    return "–" if found is None else f"{found}?" if row["family"] == "trained" else f"{found}"


def _fewest(row: Row) -> tuple[float, float]:
    """The order of rows by their minima; what was not reached comes last."""
    typical, fewest = half(row), row["minimum_units_any"]
    return (inf if typical is None else typical, inf if fewest is None else fewest)


def exact(rows: list[Row]) -> list[Row]:
    """Circuits and constructed networks: one number for each n."""
    return [
        {
            "arm": row["arm"],
            "n": row["n"],
            "place": row["n"],
            "units": row["minimum_units_any"],
            "units_text": str(row["minimum_units_any"]),
            "depth": row["depth"],
            "evidence": row["evidence"],
        }
        for row in rows
        if not is_measured(row) and row["minimum_units_any"] is not None
    ]


def reached(rows: list[Row], logarithmic: bool = False) -> list[Row]:
    """Measured minima for half of the seeds; a part ends at each gap, so that no line spans it."""
    places = _places(rows, logarithmic)
    drawn, part = [], 0
    for row in rows:
        if not is_measured(row):
            continue
        if half(row) is None:
            part += 1
            continue
        drawn.append(
            {
                **places[row["arm"], row["n"]],
                "part": part,
                "units": half(row),
                "low": half(row) if row["half_high"] is None else row["half_low"],
                "half": half_text(row),
                "any": row["minimum_units_any"],
                "share": _share(row),
            }
        )
    return drawn


def unreached(rows: list[Row], logarithmic: bool = False) -> list[Row]:
    """Where not half of the seeds solved it: drawn at the most units tried, never at zero."""
    places = _places(rows, logarithmic)
    drawn = []
    for row in rows:
        if is_measured(row) and half(row) is None:
            one = {
                **places[row["arm"], row["n"]],
                "units": row["most_units_tried"],
                "half": half_text(row),
                "share": _share(row),
            }
            if row["minimum_units_any"] is not None:
                one["any"] = row["minimum_units_any"]
            drawn.append(one)
    return drawn


def references(rows: list[Row], lines: list[Row]) -> list[Row]:
    """2^(k-1) and k for scale, k being n for most arms; left out if an exact arm has them."""
    sparse = sparse_arms(rows)
    scales: dict[str, dict[int, int]] = {}
    for row in rows:
        if row["arm"] in sparse:
            of_k = sentences.of_k(sparse[row["arm"]])
            names = (f"2^(k-1), {of_k}", of_k)
        else:
            names = ("2^(n-1)", "n")
        for name, value in zip(names, (2 ** (row["k"] - 1), row["k"]), strict=True):
            scales.setdefault(name, {})[row["n"]] = value
    exact_arms = [
        {row["n"]: row["units"] for row in lines if row["arm"] == arm} for arm in arms(lines)
    ]
    return [
        {"line": name, "place": n, "n": n, "units": value}
        for name, values in scales.items()
        if values not in exact_arms
        for n, value in sorted(values.items())
    ]


def _places(rows: list[Row], logarithmic: bool) -> dict[tuple[str, int], Row]:
    """Where each measured arm stands: a little beside n, so that intervals can be told apart."""
    measured, ns = arms(row for row in rows if is_measured(row)), bits(rows)
    slot = min((log2(b / a) if logarithmic else b - a for a, b in pairwise(ns)), default=1)
    shifts = figure.shifts(len(measured), 0.055 if logarithmic else 0.11, slot)
    places = {}
    for row in rows:
        if is_measured(row):
            n, shift = row["n"], shifts[measured.index(row["arm"])]
            place = n * 2**shift if logarithmic else n + shift
            at = {"arm": row["arm"], "n": n, "k": row["k"], "place": round(place, 4)}
            places[row["arm"], n] = at
    return places


def _share(row: Row) -> str:
    """How many seeds, and what that says of the probability."""
    if row["successes"] is None or row["seeds"] is None:
        return "not known"
    share = f"{row['successes']} of {row['seeds']}"
    if row["success_low"] is None or row["success_high"] is None:
        return share
    low, high = 100 * row["success_low"], 100 * row["success_high"]
    return sentences.Minima.SHARE.format(share=share, low=low, high=high)
