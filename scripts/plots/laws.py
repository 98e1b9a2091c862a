"""The picture of the front page: four laws of hidden units (or gates) against n, side by side."""

from __future__ import annotations

from math import log
from typing import NamedTuple

import altair as alt

import minima
import sentences
import theme
from experiment import Experiment, bits
from figure import Figure, faded, inline, legend_of_arms, legend_pick
from labels import End, end_labels
from tables import DataError, Row

WIDTH, HEIGHT, TEXT_SIZE = 620, 540, 18
MARGIN = 0.2
CLAIM, FROZEN, TWO_LEVEL = "claim", "frozen", "two-level circuit"


class Line(NamedTuple):
    """An arm of an experiment and how it is drawn; measured arms are solid and have marks."""

    experiment: str
    arm: str
    label: str
    colour: str
    dash: list[int]


_SOLID, _DASHED, _DOTTED = [1, 0], [7, 4], [2, 3]
_LINES = [
    Line(FROZEN, "frozen tanh", "one layer, random, frozen", theme.COLOURS[1], _SOLID),
    Line(CLAIM, TWO_LEVEL, "two-level circuit: 2^(n-1)", theme.COLOURS[6], _DASHED),
    Line(CLAIM, "deep tanh", "about log2 n layers, trained", theme.COLOURS[2], _SOLID),
    Line(CLAIM, "tree circuit", "tree of XORs (circuit)", theme.COLOURS[6], _DOTTED),
    Line(CLAIM, "shallow tanh", "one layer, trained", theme.COLOURS[0], _SOLID),
    Line(CLAIM, "ReLU fold", "about log2 n layers, built", theme.COLOURS[2], _DASHED),
    Line(CLAIM, "sigmoids", "one layer, built", theme.COLOURS[0], _DASHED),
]


def build(claim: Experiment, frozen: Experiment) -> Figure:
    """The laws of the published experiments."""
    exact, reached, unreached = _rows({CLAIM: claim, FROZEN: frozen})
    pick = legend_pick("arm")
    checked = [row["n"] for row in exact if row["evidence"] == "verified"]
    return Figure(
        name="laws",
        title=sentences.Laws.TITLE,
        caption=sentences.Laws.CAPTION.format(checked=max(checked)),
        picture=alt.layer(
            *_layers(exact, reached, unreached, None), _labels(exact + reached + unreached)
        ).properties(width=WIDTH, height=HEIGHT),
        interactive=alt.layer(*_layers(exact, reached, unreached, pick))
        .properties(width=WIDTH, height=HEIGHT)
        .add_params(pick),
        width=WIDTH + 200,
        text_size=TEXT_SIZE,
    )


def _rows(experiments: dict[str, Experiment]) -> tuple[list[Row], list[Row], list[Row]]:
    exact, reached, unreached = [], [], []
    for line in _LINES:
        experiment = experiments[line.experiment]
        rows = [{**row, "arm": line.label} for row in experiment.summary if row["arm"] == line.arm]
        if not rows:
            raise DataError(
                sentences.Laws.NO_ARM.format(
                    file=experiment.folder / "summary.csv",
                    arm=line.arm,
                    experiment=line.experiment,
                )
            )
        exact += minima.exact(rows)
        if line.arm == TWO_LEVEL:
            exact += _continued(line.label, rows, experiments[FROZEN].summary)
        # Bars that share an n stand a little beside each other.
        shift = {theme.COLOURS[0]: -0.05, theme.COLOURS[2]: 0.05}.get(line.colour, 0)
        for drawn, found in ((reached, minima.reached(rows)), (unreached, minima.unreached(rows))):
            drawn += [{**row, "place": row["n"] + shift} for row in found]
    return exact, reached, unreached


def _continued(label: str, rows: list[Row], others: list[Row]) -> list[Row]:
    """2^(n-1) for the n that only the other experiment has, from the column that states it."""
    known = bits(rows)
    two_level = {row["n"]: row["two_level_units"] for row in others if row["n"] not in known}
    return [
        {"arm": label, "n": n, "place": n, "units": units, "evidence": "formula"}
        for n, units in sorted(two_level.items())
    ]


def _domain(rows: list[Row]) -> tuple[float, float]:
    values = [row["units"] for row in rows] + [row["any"] for row in rows if "any" in row]
    return min(values) * 0.93, max(values) * 1.1


def _layers(
    exact: list[Row], reached: list[Row], unreached: list[Row], pick: alt.Parameter | None
) -> list[alt.Chart]:
    rows = exact + reached + unreached
    low, high = _domain(rows)
    ns = bits(rows)
    labels = [line.label for line in _LINES]
    legend = legend_of_arms([]) if pick else None
    x = alt.X(
        "place:Q",
        title="bits n",
        scale=alt.Scale(domain=[ns[0] - MARGIN, ns[-1] + MARGIN], nice=False),
        axis=alt.Axis(values=ns, format="d", grid=False),
    )
    y = alt.Y(
        "units:Q",
        title="hidden units, or gates (log scale)",
        scale=alt.Scale(type="log", base=2, domain=[low, high], nice=False),
        axis=alt.Axis(values=[2**e for e in range(1, 31) if low <= 2**e <= high], format="d"),
    )
    color = alt.Color(
        "arm:N",
        legend=legend,
        scale=alt.Scale(domain=labels, range=[line.colour for line in _LINES]),
    )
    dash = alt.StrokeDash(
        "arm:N", legend=legend, scale=alt.Scale(domain=labels, range=[line.dash for line in _LINES])
    )
    of_arm = [alt.Tooltip("arm:N", title="what"), alt.Tooltip("n:Q", title="bits n")]
    measured = [
        *of_arm,
        alt.Tooltip("half:N", title="hidden units, half of the seeds"),
        alt.Tooltip("share:N", title="seeds that solved it"),
        alt.Tooltip("any:Q", title="hidden units, any seed"),
    ]
    layers = [
        alt.Chart(inline(exact))
        .mark_line(strokeWidth=3)
        .encode(x=x, y=y, color=color, strokeDash=dash, opacity=faded(pick)),
        alt.Chart(inline(exact))
        .mark_point(filled=True, size=40, shape="circle")
        .encode(
            x=x,
            y=y,
            color=color,
            opacity=faded(pick),
            tooltip=[
                *of_arm,
                alt.Tooltip("units:Q", title="units"),
                alt.Tooltip("evidence:N", title="known by"),
            ],
        ),
        alt.Chart(inline([row for row in reached + unreached if "any" in row]))
        .mark_rule(strokeWidth=2)
        .encode(x=x, y=alt.Y("any:Q"), y2=alt.Y2("units:Q"), color=color, opacity=faded(pick, 0.6)),
        alt.Chart(inline([row for row in reached if row["low"] < row["units"]]))
        .mark_rule(strokeWidth=8)
        .encode(
            x=x, y=alt.Y("low:Q"), y2=alt.Y2("units:Q"), color=color, opacity=faded(pick, 0.35)
        ),
        alt.Chart(inline(reached))
        .mark_line(strokeWidth=3.5)
        .encode(
            x=x, y=y, color=color, strokeDash=dash, detail=alt.Detail("part:N"), opacity=faded(pick)
        ),
        alt.Chart(inline(reached))
        .mark_point(filled=True, size=110, shape="circle")
        .encode(x=x, y=y, color=color, opacity=faded(pick), tooltip=measured),
    ]
    if unreached:
        layers.append(
            alt.Chart(inline(unreached))
            .mark_point(filled=False, shape="triangle-up", size=170, strokeWidth=2.5)
            .encode(x=x, y=y, color=color, opacity=faded(pick), tooltip=measured)
        )
    return layers


def _labels(rows: list[Row]) -> alt.Chart:
    low, high = _domain(rows)
    ns = bits(rows)
    ends = []
    for line in _LINES:
        row = max((row for row in rows if row["arm"] == line.label), key=lambda row: row["n"])
        x = WIDTH * (row["place"] - ns[0] + MARGIN) / (ns[-1] - ns[0] + 2 * MARGIN)
        y = HEIGHT * (1 - log(row["units"] / low) / log(high / low))
        ends.append(End(line.label, x, y, line.colour))
    return end_labels(ends, HEIGHT, TEXT_SIZE)
