"""Units and gates against depth, for each n: arms that were built in several depths."""

from __future__ import annotations

import altair as alt

import sentences
import theme
from experiment import Experiment, arms, bits, deepening_arms, is_measured
from figure import Figure, faded, inline, legend_pick
from tables import Row
from units import scientific

WIDTH, HEIGHT = 640, 430
# Two-level circuits of many bits are named in the caption: a scale that held them would be empty.
HIGHEST = 32768


def build(experiment: Experiment) -> list[Figure]:
    """One figure where an exact arm has several depths for an n."""
    rows = [
        row
        for row in experiment.summary
        if not is_measured(row) and row["minimum_units_any"] is not None
    ]
    deepening = deepening_arms(rows)
    if not deepening:
        return []
    drawn = [
        {
            "arm": row["arm"],
            "n": row["n"],
            "depth": row["depth"],
            "units": row["minimum_units_any"],
            "evidence": row["evidence"],
        }
        for row in rows
    ]
    lines = [row for row in drawn if row["arm"] in deepening]
    single = [row for row in drawn if row["arm"] not in deepening and _varies(drawn, row["arm"])]
    frame = max(HIGHEST, min(row["units"] for row in lines))
    cut = [row for row in lines if row["units"] > frame]
    circuits = any(row["family"] == "circuit" for row in rows)
    pick = legend_pick("n")
    what = "gates" if circuits else "hidden units"
    return [
        Figure(
            name="depth",
            title=sentences.Depth.TITLE.format(name=experiment.name, what=what),
            caption=_caption(deepening, single, cut, circuits),
            picture=_chart(lines, single, frame, circuits, None).properties(
                width=WIDTH, height=HEIGHT
            ),
            interactive=_chart(lines, single, frame, circuits, pick)
            .properties(width=WIDTH, height=HEIGHT)
            .add_params(pick),
            width=WIDTH + 60,
        )
    ]


def _varies(rows: list[Row], arm: str) -> bool:
    """Whether the depth of an arm grows with n; the others repeat a point of the lines."""
    return len({row["depth"] for row in rows if row["arm"] == arm}) > 1


def _chart(
    lines: list[Row], single: list[Row], frame: int, circuits: bool, pick: alt.Parameter | None
) -> alt.LayerChart:
    ns = bits(lines + single)
    shown = [row for row in lines + single if row["units"] <= frame]
    low, high = (end(row["units"] for row in shown) for end in (min, max))
    depths = sorted({row["depth"] for row in lines + single})
    x = alt.X(
        "depth:Q",
        title="levels of gates" if circuits else "hidden layers",
        scale=alt.Scale(domain=[depths[0] - 0.3, depths[-1] + 0.3], nice=False),
        axis=alt.Axis(values=depths, format="d", grid=False),
    )
    y = alt.Y(
        "units:Q",
        scale=alt.Scale(type="log", base=2, domain=[low * 0.9, high * 1.2], nice=False),
        title=("gates without the output gate" if circuits else "hidden units") + " (log scale)",
        axis=alt.Axis(values=[2**e for e in range(1, 16) if low <= 2**e <= high], format="d"),
    )
    color = alt.Color(
        "n:O",
        title="bits n",
        legend=alt.Legend(),
        scale=alt.Scale(domain=ns, range=theme.sequence(len(ns))),
    )
    names = arms(lines + single)
    legend = alt.Legend(symbolFillColor=theme.MUTED, symbolStrokeColor=theme.MUTED)
    shape = alt.Shape(
        "arm:N",
        title=None,
        legend=legend if single else None,
        scale=alt.Scale(domain=names, range=theme.SHAPES[: len(names)]),
    )
    tooltip = [
        alt.Tooltip("arm:N", title="arm"),
        alt.Tooltip("n:Q", title="bits n"),
        alt.Tooltip("depth:Q", title="depth"),
        alt.Tooltip("units:Q", title="gates" if circuits else "hidden units"),
        alt.Tooltip("evidence:N", title="known by"),
    ]
    layers = [
        alt.Chart(inline(lines))
        .mark_line(strokeWidth=2.5, clip=True)
        .encode(x=x, y=y, color=color, detail=alt.Detail("arm:N"), opacity=faded(pick)),
        alt.Chart(inline(shown))
        .mark_point(filled=True, size=85, strokeWidth=0)
        .encode(x=x, y=y, color=color, shape=shape, opacity=faded(pick), tooltip=tooltip),
    ]
    return alt.layer(*layers)


def _caption(deepening: list[str], single: list[Row], cut: list[Row], circuits: bool) -> str:
    says = sentences.Depth
    said = [says.LINES.format(arms=", ".join(deepening))]
    if single:
        said.append(says.MARKS)
    if cut:
        ends = sorted(cut, key=lambda row: row["n"])
        most = " to ".join(
            f"{scientific(row['units'])} (n = {row['n']})" for row in ends[:1] + ends[1:][-1:]
        )
        said.append(says.ABOVE.format(depth=cut[0]["depth"], most=most))
    said.append(says.CONSTRUCTIONS if circuits else says.UNTRAINED)
    return " ".join(said)
