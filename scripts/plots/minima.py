"""Minimum units against n, from rows of the summary to rows that are drawn, for laws and units."""

from __future__ import annotations

from math import inf

import sentences
from experiment import arms, is_measured
from tables import Row


def fewest_over_depths(rows: list[Row]) -> list[Row]:
    """Of arms with several depths for one n the row with the fewest units; the others unchanged."""
    best: dict[tuple[str, int], Row] = {}
    for row in rows:
        place = (row["arm"], row["n"])
        if place not in best or _fewest(row) < _fewest(best[place]):
            best[place] = row
    return list(best.values())


def _fewest(row: Row) -> tuple[float, float]:
    """The order of rows by their minima; what was not reached comes last."""
    half, fewest = row["minimum_units_half"], row["minimum_units_any"]
    return (inf if half is None else half, inf if fewest is None else fewest)


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
    measured = arms(row for row in rows if is_measured(row))
    drawn, part = [], 0
    for row in rows:
        if row["arm"] not in measured:
            continue
        if row["minimum_units_half"] is None:
            part += 1
            continue
        drawn.append(
            {
                **_place(row, measured, logarithmic),
                "part": part,
                "units": row["minimum_units_half"],
                "any": row["minimum_units_any"],
                "share": _share(row),
            }
        )
    return drawn


def unreached(rows: list[Row], logarithmic: bool = False) -> list[Row]:
    """Where not half of the seeds solved it: drawn at the most units tried, never at zero."""
    measured = arms(row for row in rows if is_measured(row))
    drawn = []
    for row in rows:
        if row["arm"] in measured and row["minimum_units_half"] is None:
            one = {
                **_place(row, measured, logarithmic),
                "units": row["most_units_tried"],
                "share": _share(row),
            }
            if row["minimum_units_any"] is not None:
                one["any"] = row["minimum_units_any"]
            drawn.append(one)
    return drawn


def references(rows: list[Row], lines: list[Row]) -> list[Row]:
    """2^(n-1) and n for scale, unless an exact arm has just these numbers."""
    scales = {
        "2^(n-1)": {row["n"]: row["two_level_units"] for row in rows},
        "n": {row["n"]: row["n"] for row in rows},
    }
    exact_arms = [
        {row["n"]: row["units"] for row in lines if row["arm"] == arm} for arm in arms(lines)
    ]
    return [
        {"line": name, "place": n, "n": n, "units": value}
        for name, values in scales.items()
        if values not in exact_arms
        for n, value in sorted(values.items())
    ]


def _place(row: Row, measured: list[str], logarithmic: bool) -> Row:
    """Arms stand a little beside each other, so that their intervals can be told apart."""
    shift = 0.11 * (measured.index(row["arm"]) - (len(measured) - 1) / 2)
    place = row["n"] * 2 ** (shift / 2) if logarithmic else row["n"] + shift
    return {"arm": row["arm"], "n": row["n"], "place": round(place, 4)}


def _share(row: Row) -> str:
    """How many seeds, and what that says of the probability."""
    if row["successes"] is None or row["seeds"] is None:
        return "not known"
    share = f"{row['successes']} of {row['seeds']}"
    if row["success_low"] is None or row["success_high"] is None:
        return share
    low, high = 100 * row["success_low"], 100 * row["success_high"]
    return sentences.Minima.SHARE.format(share=share, low=low, high=high)
