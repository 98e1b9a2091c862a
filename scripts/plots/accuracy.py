"""Accuracy against depth, from logistic regression on: arms that search the depth."""

from __future__ import annotations

import altair as alt

import facets
import sentences
from experiment import Experiment, bits, searching_arms, sparse_arms
from figure import Figure, arm_scales, faded, in_parts, inline, legend_pick, shifts
from tables import Row
from theme import MUTED

ALL, TRAINED, HELD_OUT = "all rows", "rows trained on", "rows held out"


def build(experiment: Experiment) -> list[Figure]:
    """One figure where an arm searches the depth, or more for many such arms."""
    names = searching_arms(experiment.summary)
    if not names:
        return []
    all_rows, says = accuracy_rows(experiment), sentences.Accuracy

    def part(names: list[str]) -> Figure:
        rows = _beside_each_other([row for row in all_rows if row["arm"] in names])
        count = len(bits(rows))
        held_out = any(row["held_out"] for row in rows)
        sparse = sparse_arms(row for row in experiment.summary if row["arm"] in names)
        said = [says.MARKS, *[says.HELD_OUT] * held_out, says.NO_VERDICT]
        pick = legend_pick("series")
        return Figure(
            name="accuracy",
            title=says.TITLE.format(name=experiment.name),
            caption=" ".join([*said, *sentences.of_sparse(sparse)]),
            picture=facets.by_bits(_layers(rows, None), count, None),
            interactive=facets.by_bits(_layers(rows, pick), count, pick),
            width=facets.width(count),
        )

    # An arm has up to two series: rows trained on, and rows held out.
    return in_parts(names, part, facets.MOST_ARMS // 2)


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
    drawn = []
    for (arm, kind, n, depth), found in shares.items():
        # The choice was made by held-out rows where there are any.
        decides = kind != TRAINED if arm in held_out else True
        drawn.append(
            {
                "arm": arm,
                "series": f"{arm}: {kind}",
                "n": n,
                "depth": depth,
                "mean": round(sum(found) / len(found), 6),
                "low": min(found),
                "high": max(found),
                "seeds": len(found),
                "held_out": kind == HELD_OUT,
                "chosen": decides and (arm, n, depth) in chosen,
            }
        )
    return drawn


def _beside_each_other(rows: list[Row]) -> list[Row]:
    """The rows with a place a little beside their depth, so that bars can be told apart."""
    series = list(dict.fromkeys(row["series"] for row in rows))
    beside = dict(zip(series, shifts(len(series), 0.2), strict=True))
    return [{**row, "place": round(row["depth"] + beside[row["series"]], 3)} for row in rows]


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
    legend = facets.legend(names, len(bits(rows)))
    depths = sorted({row["depth"] for row in rows})
    data = inline(rows)
    base = alt.Chart(data).encode(
        x=alt.X(
            "place:Q",
            title="hidden layers",
            scale=alt.Scale(domain=[depths[0] - 0.5, depths[-1] + 0.5], nice=False),
            axis=alt.Axis(values=depths, format="d", grid=False),
        ),
        color=alt.Color("series:N", scale=alt.Scale(**scales["color"]), legend=legend),
    )
    y = alt.Y(
        "mean:Q",
        title="accuracy",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    shape = alt.Shape("series:N", scale=alt.Scale(**scales["shape"]), legend=legend)
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
