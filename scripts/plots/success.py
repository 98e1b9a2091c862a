"""The probability that a seed solves it, against units, for each n."""

from __future__ import annotations

from collections import Counter

import altair as alt

import facets
import sentences
from experiment import Experiment, arms, bits, sparse_arms
from figure import Figure, arm_scales, faded, in_parts, inline, legend_pick
from tables import Row

# Few bits scatter; what lies beyond this many times 2^(n-1) is named in the caption.
WIDEST = 2.5


def build(experiment: Experiment) -> list[Figure]:
    """A figure where an arm was tried with several numbers of units, or units are frozen."""
    rows = swept_rows(experiment)
    frozen = not rows
    if frozen:
        rows = frozen_rows(experiment)
    if not rows:
        return []
    return in_parts(
        arms(rows), lambda names: _figure(experiment, rows, names, frozen), facets.MOST_ARMS
    )


def swept_rows(experiment: Experiment) -> list[Row]:
    """The trained arms with several numbers of units for some n."""
    rows = [row for row in experiment.settings if row["arm"] in _arms_of(experiment, "trained")]
    places = {(row["arm"], row["n"], row["depth"], row["units"]) for row in rows}
    # An arm that goes through depths has no one line of units.
    depths = {(arm, n): {at[2] for at in places if at[:2] == (arm, n)} for arm, n, *_ in places}
    deepening = {arm for (arm, _), found in depths.items() if len(found) > 1}
    counts = Counter(place[:2] for place in places)
    swept = {arm for (arm, _), count in counts.items() if count > 1} - deepening
    return [{**_drawn(row), "x": row["units"]} for row in rows if row["arm"] in swept]


def frozen_rows(experiment: Experiment) -> list[Row]:
    """For frozen arms the share of seeds whose own minimum is at most so many units."""
    frozen = _arms_of(experiment, "frozen")
    drawn: list[Row] = []
    for row in experiment.settings:
        if row["arm"] in frozen:
            if not drawn or (drawn[-1]["arm"], drawn[-1]["n"]) != (row["arm"], row["n"]):
                none = {"units": 0, "share": 0, "seeds": f"0 of {row['seeds']}", "x": 0}
                drawn.append({"arm": row["arm"], "n": row["n"], **none})
            ratio = row["units"] / 2 ** (row["k"] - 1)
            drawn.append({**_drawn(row), "x": round(ratio, 6)})
    return drawn


def _arms_of(experiment: Experiment, family: str) -> set[str]:
    return {row["arm"] for row in experiment.summary if row["family"] == family}


def _drawn(row: Row) -> Row:
    return {
        **{name: row[name] for name in ("arm", "n", "units")},
        "share": round(row["successes"] / row["seeds"], 6),
        "low": round(row["success_low"], 6),
        "high": round(row["success_high"], 6),
        "seeds": f"{row['successes']} of {row['seeds']}",
    }


def _beyond(rows: list[Row]) -> str:
    """Which arms have seeds right of the frame."""
    ends = {(row["arm"], row["n"]): row["x"] for row in rows if row["x"] > WIDEST}
    return "; ".join(f"{arm}, n = {n}, up to {x:g}" for (arm, n), x in ends.items())


def _figure(experiment: Experiment, all_rows: list[Row], names: list[str], frozen: bool) -> Figure:
    """The figure of some arms; its axes hold all of them."""
    rows = [row for row in all_rows if row["arm"] in names]
    ns = bits(rows)
    sparse = sparse_arms(row for row in experiment.summary if row["arm"] in names)
    if frozen:
        title = "units ÷ 2^(k-1)" if sparse else "units ÷ 2^(n-1)"
        scale = alt.Scale(domain=[0, WIDEST], nice=False)
        axis = alt.Axis(values=[0, 1, 2])
    else:
        low, high = (end(row["units"] for row in all_rows) for end in (min, max))
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
        legend = facets.legend(names, len(ns))
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
    said = [says.LINES, says.FROZEN if frozen else says.TRAINED, *sentences.of_sparse(sparse)]
    if frozen and (beyond := _beyond(rows)):
        said.append(says.BEYOND.format(arms=beyond))
    pick = legend_pick("arm")
    return Figure(
        name="success",
        title=(says.FROZEN_TITLE if frozen else says.TRAINED_TITLE).format(
            name=experiment.name, bits="k of n bits" if sparse else "n bits"
        ),
        caption=" ".join(said),
        picture=facets.by_bits(layers(None), len(ns), None),
        interactive=facets.by_bits(layers(pick), len(ns), pick),
        width=facets.width(len(ns)),
    )
