"""Learning curves: loss and accuracy against epochs, where an experiment records them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from math import exp, log
from statistics import quantiles

import altair as alt

import facets
import sentences
from experiment import Experiment, arms, bits, searching_arms, sparse_arms
from figure import Figure, arm_scales, faded, in_parts, inline, legend_pick
from tables import DataError, Row

# Between the name of an arm and its depth, where there is a line for each.
DEPTH = ", depth "
# Epochs drawn of each line, evenly on the logarithmic axis.
DRAWN_EPOCHS = 32
# A logarithmic axis has an end; losses below are drawn there.
LEAST_LOSS = 1e-4

Curve = list[tuple[int, float | None, float | None]]


def build(experiment: Experiment) -> list[Figure]:
    """Two figures where there is a curves.csv."""
    if not experiment.curves:
        return []
    rows = curve_rows(experiment)
    if not rows:
        return []
    figures, says = [], sentences.Curves
    captions = {
        "loss": f"{says.LINES} {says.LEAST.format(least=LEAST_LOSS)}",
        "accuracy": says.LINES,
    }
    for value, caption in captions.items():
        if drawn := [_with(row, value) for row in rows if value in row]:
            figures += in_parts(
                arms(drawn), _builder(experiment, drawn, value, caption), facets.MOST_ARMS
            )
    return figures


def _with(row: Row, value: str) -> Row:
    """What the figure of one value needs of a row."""
    names = ("arm", "n", "epoch", "seeds", f"{value}_low", value, f"{value}_high")
    return {name: row[name] for name in names}


def curve_rows(experiment: Experiment) -> list[Row]:
    """Quartiles of loss and accuracy over the seeds, for the judged units of each arm and n."""
    trials = {row["key"]: row for row in experiment.trials}
    searching = searching_arms(experiment.summary)
    judged = {
        (row["arm"], row["n"], row["depth"], row["success_units"])
        for row in experiment.summary
        if row["family"] == "trained"
    }
    # Arms that search the depth would add a line for each depth; they have a figure of their own.
    if any(arm not in searching for arm, _, _, _ in judged):
        judged = {place for place in judged if place[0] not in searching}
    curves: dict[str, Curve] = {}
    for row in experiment.curves:
        if row["key"] not in trials:
            file = experiment.folder / "curves.csv"
            raise DataError(sentences.Curves.FOREIGN_KEY.format(file=file, key=row["key"]))
        curves.setdefault(row["key"], []).append((row["epoch"], row["loss"], row["accuracy"]))
    groups: dict[tuple[str, int], list[Curve]] = {}
    for key, curve in curves.items():
        trial = trials[key]
        if (trial["arm"], trial["n"], trial["depth"], trial["units"]) in judged:
            name = trial["arm"]
            if name in searching:
                name += f"{DEPTH}{trial['depth']}"
            groups.setdefault((name, trial["n"]), []).append(sorted(curve, key=lambda at: at[0]))
    return [row for (arm, n), found in groups.items() for row in _quartiles(arm, n, found)]


def _quartiles(arm: str, n: int, curves: list[Curve]) -> list[Row]:
    recorded = [[epoch for epoch, _, _ in curve] for curve in curves]
    rows = []
    for epoch in _evenly(sorted({epoch for epochs in recorded for epoch in epochs if epoch > 0})):
        row: Row = {"arm": arm, "n": n, "epoch": epoch, "seeds": len(curves)}
        # The last value recorded until then.
        last = [
            curve[index - 1]
            for curve, epochs in zip(curves, recorded, strict=True)
            if (index := bisect_right(epochs, epoch))
        ]
        for place, name in ((1, "loss"), (2, "accuracy")):
            values = [at[place] for at in last if at[place] is not None]
            if not values:
                continue
            low, middle, high = (
                quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values * 3)
            )
            row |= {
                f"{name}_low": float(f"{low:.5g}"),
                name: float(f"{middle:.5g}"),
                f"{name}_high": float(f"{high:.5g}"),
            }
        rows.append(row)
    return rows


def _evenly(epochs: list[int]) -> list[int]:
    """A few of these epochs, ends included, evenly apart on a logarithmic axis."""
    if len(epochs) <= DRAWN_EPOCHS:
        return epochs
    first, last = log(epochs[0]), log(epochs[-1])
    steps = [exp(first + (last - first) * k / (DRAWN_EPOCHS - 1)) for k in range(DRAWN_EPOCHS)]
    return sorted({min(epochs, key=lambda epoch: abs(epoch - step)) for step in steps})


def _builder(
    experiment: Experiment, drawn: list[Row], value: str, caption: str
) -> Callable[[list[str]], Figure]:
    """From some arms to their figure, whose axes hold all of them."""
    if value == "loss":
        axis_title = "loss (nats, log)"
        top = max(1.0, *(row["loss_high"] for row in drawn))
        floor = max(LEAST_LOSS, min(row["loss_low"] for row in drawn))
        scale = alt.Scale(type="log", domain=[floor, top], clamp=True, nice=False)
        axis = alt.Axis(
            values=[10.0**power for power in range(-4, 3) if floor <= 10**power <= top], format="~g"
        )
    else:
        axis_title = "training accuracy"
        scale, axis = alt.Scale(domain=[0, 1]), alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    last = max(row["epoch"] for row in drawn)
    x = alt.X(
        "epoch:Q",
        title="epochs (log)",
        axis=alt.Axis(values=[10**power for power in range(9) if 10**power <= last], format="~s"),
        scale=alt.Scale(type="log", domain=[1, max(2, last)], nice=False),
    )
    y = alt.Y(f"{value}:Q", title=axis_title, scale=scale, axis=axis)

    def figure(names: list[str]) -> Figure:
        rows = [row for row in drawn if row["arm"] in names]
        count = len(bits(rows))
        own = {name.split(DEPTH)[0] for name in names}
        sparse = sparse_arms(row for row in experiment.summary if row["arm"] in own)
        pick = legend_pick("arm")
        return Figure(
            name=f"curves-{value}",
            title=sentences.Curves.TITLE.format(name=experiment.name, value=value),
            caption=" ".join([caption, *sentences.of_sparse(sparse)]),
            picture=facets.by_bits(_layers(rows, value, x, y, None), count, None),
            interactive=facets.by_bits(_layers(rows, value, x, y, pick), count, pick),
            width=facets.width(count),
        )

    return figure


def _layers(
    rows: list[Row], value: str, x: alt.X, y: alt.Y, pick: alt.Parameter | None
) -> list[alt.Chart]:
    names = arms(rows)
    base = alt.Chart(inline(rows)).encode(
        x=x,
        color=alt.Color(
            "arm:N",
            legend=facets.legend(names, len(bits(rows))),
            scale=alt.Scale(**arm_scales(names, names)["color"]),
        ),
    )
    return [
        base.mark_area().encode(
            y=alt.Y(f"{value}_low:Q"), y2=alt.Y2(f"{value}_high:Q"), opacity=faded(pick, 0.2)
        ),
        base.mark_line(strokeWidth=2).encode(y=y, opacity=faded(pick)),
        base.mark_point(filled=True, size=14, shape="circle").encode(
            y=y,
            opacity=faded(pick),
            tooltip=[
                alt.Tooltip("arm:N", title="arm"),
                alt.Tooltip("n:Q", title="bits n"),
                alt.Tooltip("epoch:Q", title="epoch"),
                alt.Tooltip(f"{value}:Q", title=f"median {value}", format=".3~g"),
                alt.Tooltip(f"{value}_low:Q", title="lower quartile", format=".3~g"),
                alt.Tooltip(f"{value}_high:Q", title="upper quartile", format=".3~g"),
                alt.Tooltip("seeds:Q", title="seeds"),
            ],
        ),
    ]
