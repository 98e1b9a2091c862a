"""The probability that a seed solves it, against units, for each n."""

from __future__ import annotations

import altair as alt

import facets
import sentences
from experiment import Experiment, arms, bits
from figure import Figure, arm_scales, faded, inline, legend_pick
from tables import Row
from wilson import interval

# Few bits scatter; what lies beyond this many times 2^(n-1) is named in the caption.
WIDEST = 2.5


def build(experiment: Experiment) -> list[Figure]:
    """One figure where an arm was tried with several numbers of units, or units are frozen."""
    swept = swept_rows(experiment.trials)
    if swept:
        return [_figure(experiment, swept, frozen=False)]
    frozen = frozen_rows(experiment)
    return [_figure(experiment, frozen, frozen=True)] if frozen else []


def swept_rows(trials: list[Row]) -> list[Row]:
    """Successes, seeds and Wilson's interval for each trained arm, n and number of units."""
    trials = [row for row in trials if row["family"] == "trained"]
    settings: dict[tuple[str, int], set[tuple[int, int]]] = {}
    for row in trials:
        settings.setdefault((row["arm"], row["n"]), set()).add((row["depth"], row["units"]))
    # An arm that goes through depths has no one line of units.
    deepening = {arm for (arm, _), found in settings.items() if len({d for d, _ in found}) > 1}
    swept = {arm for (arm, _), found in settings.items() if len(found) > 1} - deepening
    order = arms(trials)
    counts: dict[tuple[str, int, int], list[int]] = {}
    for row in trials:
        if row["arm"] in swept:
            count = counts.setdefault((row["arm"], row["n"], row["units"]), [0, 0])
            count[0] += row["outcome"] == "solved"
            count[1] += 1
    return [
        {**_row(arm, n, *count), "x": units, "units": units}
        for (arm, n, units), count in sorted(
            counts.items(), key=lambda item: (order.index(item[0][0]), item[0][1:])
        )
    ]


def frozen_rows(experiment: Experiment) -> list[Row]:
    """For frozen arms the share of seeds whose own minimum is at most so many units."""
    two_level = {row["n"]: row["two_level_units"] for row in experiment.summary}
    minima: dict[tuple[str, int], list[int | None]] = {}
    for row in experiment.trials:
        if row["family"] == "frozen":
            solved = row["outcome"] == "solved"
            minima.setdefault((row["arm"], row["n"]), []).append(row["units"] if solved else None)
    drawn = []
    for (arm, n), found in minima.items():
        reached = sorted(units for units in found if units is not None)
        for units in dict.fromkeys([0, *reached]):
            count = sum(one <= units for one in reached)
            drawn.append(
                {
                    **_row(arm, n, count, len(found)),
                    "units": units,
                    "x": round(units / two_level[n], 6),
                }
            )
    return drawn


def _row(arm: str, n: int, successes: int, seeds: int) -> Row:
    low, high = interval(successes, seeds)
    return {
        "arm": arm,
        "n": n,
        "share": round(successes / seeds, 6),
        "low": round(low, 6),
        "high": round(high, 6),
        "seeds": f"{successes} of {seeds}",
    }


def _beyond(rows: list[Row]) -> str:
    """Which arms have seeds right of the frame."""
    ends = {(row["arm"], row["n"]): row["x"] for row in rows if row["x"] > WIDEST}
    return "; ".join(f"{arm}, n = {n}, up to {x:g}" for (arm, n), x in ends.items())


def _figure(experiment: Experiment, rows: list[Row], frozen: bool) -> Figure:
    names, ns = arms(rows), bits(rows)
    if frozen:
        title = "units ÷ 2^(n-1)"
        scale = alt.Scale(domain=[0, WIDEST], nice=False)
        axis = alt.Axis(values=[0, 1, 2])
    else:
        low, high = (end(row["units"] for row in rows) for end in (min, max))
        doubling = low > 0 and high >= 16 * low
        title = "hidden units" + " (log)" * doubling
        scale = (
            alt.Scale(type="log", base=2, domain=[low * 0.9, high * 1.1], nice=False)
            if doubling
            else alt.Scale(domain=[low - 0.5, high + 0.5], nice=False)
        )
        axis = alt.Axis(
            values=[2**e for e in range(0, 31, 2 if high > 40 * low else 1) if low <= 2**e <= high]
            if doubling
            else alt.Undefined,
            format="d",
            tickMinStep=1,
        )
    step = "step-after" if frozen else "linear"

    def layers(pick: alt.Parameter | None) -> list[alt.Chart]:
        scales = arm_scales(names, names)
        legend = alt.Legend(title=None)
        base = alt.Chart(inline(rows)).encode(
            x=alt.X("x:Q", scale=scale, title=title, axis=axis),
            color=alt.Color("arm:N", scale=alt.Scale(**scales["color"]), legend=legend),
        )
        shape = alt.Shape("arm:N", scale=alt.Scale(**scales["shape"]), legend=legend)
        y = alt.Y(
            "share:Q",
            title="seeds that solve it",
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
        )
        marks = base.mark_point(
            filled=True, size=34 if not frozen else 22, strokeWidth=0, clip=frozen
        )
        return [
            base.mark_area(interpolate=step, clip=True).encode(
                y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), opacity=faded(pick, 0.16)
            ),
            base.mark_line(strokeWidth=2, interpolate=step, clip=True).encode(
                y=y, opacity=faded(pick)
            ),
            marks.encode(
                y=y,
                shape=shape,
                opacity=faded(pick),
                tooltip=[
                    alt.Tooltip("arm:N", title="arm"),
                    alt.Tooltip("n:Q", title="bits n"),
                    alt.Tooltip("units:Q", title="hidden units"),
                    alt.Tooltip("seeds:N", title="seeds that solve it"),
                    alt.Tooltip("low:Q", title="95 % interval from", format=".0%"),
                    alt.Tooltip("high:Q", title="to", format=".0%"),
                ],
            ),
        ]

    says = sentences.Success
    said = [says.LINES, says.FROZEN if frozen else says.TRAINED]
    if frozen and (beyond := _beyond(rows)):
        said.append(says.BEYOND.format(arms=beyond))
    pick = legend_pick("arm")
    return Figure(
        name="success",
        title=(says.FROZEN_TITLE if frozen else says.TRAINED_TITLE).format(name=experiment.name),
        caption=" ".join(said),
        picture=facets.by_bits(layers(None), len(ns), None),
        interactive=facets.by_bits(layers(pick), len(ns), pick),
        width=facets.width(len(ns)),
    )
