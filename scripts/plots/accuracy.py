"""Accuracy against depth, from logistic regression on: arms that search the depth."""

from __future__ import annotations

import altair as alt

import facets
import sentences
from experiment import Experiment, bits, searching_arms
from figure import Figure, arm_scales, faded, inline, legend_pick
from tables import Row
from theme import MUTED

ALL, TRAINED, HELD_OUT = "all rows", "rows trained on", "rows held out"


def build(experiment: Experiment) -> list[Figure]:
    """One figure where an arm searches the depth."""
    if not searching_arms(experiment.summary):
        return []
    rows = accuracy_rows(experiment)
    ns = bits(rows)
    held_out = any(row["held_out"] for row in rows)
    pick = legend_pick("series")
    says = sentences.Accuracy
    return [
        Figure(
            name="accuracy",
            title=says.TITLE.format(name=experiment.name),
            caption=" ".join([says.MARKS, *[says.HELD_OUT] * held_out, says.NO_VERDICT]),
            picture=facets.by_bits(_layers(rows, None), len(ns), None),
            interactive=facets.by_bits(_layers(rows, pick), len(ns), pick),
            width=facets.width(len(ns)),
        )
    ]


def accuracy_rows(experiment: Experiment) -> list[Row]:
    """Mean, worst and best accuracy over the seeds for each arm, kind of rows, n and depth."""
    searching = searching_arms(experiment.summary)
    shares: dict[tuple[str, str, int, int], list[float]] = {}
    for row in experiment.trials:
        if row["arm"] in searching:
            for kind, share in _shares(row):
                shares.setdefault((row["arm"], kind, row["n"], row["depth"]), []).append(share)
    chosen = {
        (row["arm"], row["n"], row["depth"]) for row in experiment.summary if row["chosen"] == "yes"
    }
    held_out = {arm for arm, kind, _, _ in shares if kind == HELD_OUT}
    series = list(dict.fromkeys((arm, kind) for arm, kind, _, _ in shares))
    drawn = []
    for (arm, kind, n, depth), found in shares.items():
        place = series.index((arm, kind)) - (len(series) - 1) / 2
        # The choice was made by held-out rows where there are any.
        decides = kind != TRAINED if arm in held_out else True
        drawn.append(
            {
                "series": f"{arm}: {kind}",
                "n": n,
                "depth": depth,
                "place": round(depth + 0.2 * place, 3),
                "mean": round(sum(found) / len(found), 6),
                "low": min(found),
                "high": max(found),
                "seeds": len(found),
                "held_out": kind == HELD_OUT,
                "chosen": decides and (arm, n, depth) in chosen,
            }
        )
    return drawn


def _shares(row: Row) -> list[tuple[str, float]]:
    """The accuracies of a trial: on all rows, or apart on those trained on and those held out."""
    parts = [
        (TRAINED, row["train_solved_rows"], row["train_rows"]),
        (HELD_OUT, row["held_out_solved_rows"], row["held_out_rows"]),
    ]
    if row["held_out_rows"]:
        return [
            (kind, solved / count) for kind, solved, count in parts if solved is not None and count
        ]
    return [(ALL, row["accuracy"])] if row["accuracy"] is not None else []


def _layers(rows: list[Row], pick: alt.Parameter | None) -> list[alt.Chart]:
    names = list(dict.fromkeys(row["series"] for row in rows))
    scales = arm_scales(names, names)
    depths = sorted({row["depth"] for row in rows})
    data = inline(rows)
    base = alt.Chart(data).encode(
        x=alt.X(
            "place:Q",
            title="hidden layers",
            scale=alt.Scale(domain=[depths[0] - 0.5, depths[-1] + 0.5], nice=False),
            axis=alt.Axis(values=depths, format="d", grid=False),
        ),
        color=alt.Color(
            "series:N", scale=alt.Scale(**scales["color"]), legend=alt.Legend(title=None)
        ),
    )
    y = alt.Y(
        "mean:Q",
        title="accuracy",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    shape = alt.Shape("series:N", scale=alt.Scale(**scales["shape"]), legend=alt.Legend(title=None))
    return [
        base.mark_rule(strokeWidth=1.5).encode(
            y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), opacity=faded(pick, 0.6)
        ),
        base.mark_line(strokeWidth=2).encode(y=y, opacity=faded(pick)),
        base.mark_point(filled=True, size=55, strokeWidth=0).encode(
            y=y,
            shape=shape,
            opacity=faded(pick),
            tooltip=[
                alt.Tooltip("series:N", title="accuracy of"),
                alt.Tooltip("n:Q", title="bits n"),
                alt.Tooltip("depth:Q", title="hidden layers"),
                alt.Tooltip("mean:Q", title="mean", format=".1%"),
                alt.Tooltip("low:Q", title="worst seed", format=".1%"),
                alt.Tooltip("high:Q", title="best seed", format=".1%"),
                alt.Tooltip("seeds:Q", title="seeds"),
            ],
        ),
        base.transform_filter(alt.datum.chosen)
        .mark_point(filled=False, size=190, strokeWidth=1.8, shape="circle")
        .encode(y=y, opacity=faded(pick)),
        # Last, as a legend picks by the first layer's series.
        alt.Chart(data).mark_rule(strokeDash=[4, 4], color=MUTED).encode(y=alt.YDatum(0.5)),
    ]
