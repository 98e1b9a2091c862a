"""The fewest gates of any circuit, as far as a search knows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt

import sentences
import tables
from figure import Figure, faded, inline, legend_pick
from tables import Row
from theme import COLOURS, EXACT

WIDTH, HEIGHT = 460, 300
NAME = "optimum"


def read(folder: Path) -> list[Row]:
    return tables.read(folder / "optimum.csv", tables.OPTIMUM, sentences.Optimum.REMEDY)


def build(folder: Path) -> Figure:
    """Proven bounds for each n; where they meet, the optimum."""
    rows = read(folder)
    drawn = [
        {
            "n": row["n"],
            "units": row["upper_bound"],
            "low": row["lower_bound"],
            "known": "optimum" if row["optimum"] is not None else "smallest found",
        }
        for row in rows
    ]
    lines = [{"n": row["n"], "units": 3 * (row["n"] - 1)} for row in rows]
    open_rows = [row for row in rows if row["optimum"] is None]
    says = sentences.Optimum
    said = [says.FILLED]
    if open_rows:
        bounds = "; ".join(
            f"n = {row['n']}: {row['lower_bound']} to {row['upper_bound']}" for row in open_rows
        )
        said.append(says.OPEN.format(bounds=bounds))
    confirmed = [row for row in rows if row["confirmed_lower_bound"] == row["optimum"] is not None]
    if confirmed:
        last = max(confirmed, key=lambda row: row["n"])
        said.insert(1, says.CONFIRMED.format(solver=last["confirmed_by"], n=last["n"]))
    if assumed := [str(row["n"]) for row in rows if row["assumed"]]:
        said.append(says.ASSUMED.format(ns=", ".join(assumed)))
    said.append(says.LINE)
    pick = legend_pick("known")
    return Figure(
        name="gates",
        title=says.TITLE,
        caption=" ".join(said),
        picture=_chart(drawn, lines, None).properties(width=WIDTH, height=HEIGHT),
        interactive=_chart(drawn, lines, pick)
        .properties(width=WIDTH, height=HEIGHT)
        .add_params(pick),
        width=WIDTH + 60,
    )


def _chart(drawn: list[Row], lines: list[Row], pick: alt.Parameter | None) -> alt.LayerChart:
    ns = [row["n"] for row in lines]
    x = alt.X(
        "n:Q",
        title="bits n",
        scale=alt.Scale(domain=[min(ns) - 0.4, max(ns) + 0.4], nice=False),
        axis=alt.Axis(values=ns, format="d", grid=False),
    )
    y = alt.Y(
        "units:Q",
        title="gates with the output gate",
        axis=alt.Axis(format="d"),
        scale=alt.Scale(zero=True),
    )
    names = list(dict.fromkeys(row["known"] for row in drawn))
    legend = alt.Legend(title=None)

    def color_of(channel: type, colours: list[str]) -> Any:
        return channel(
            "known:N", legend=legend, scale=alt.Scale(domain=names, range=colours[: len(names)])
        )

    shape = alt.Shape(
        "known:N", legend=legend, scale=alt.Scale(domain=names, range=["circle", "triangle-up"])
    )
    return alt.layer(
        alt.Chart(inline(drawn))
        .mark_rule(strokeWidth=2.5)
        .encode(
            x=x,
            y=alt.Y("low:Q"),
            y2=alt.Y2("units:Q"),
            stroke=color_of(alt.Stroke, COLOURS),
            opacity=faded(pick),
        ),
        alt.Chart(inline(drawn))
        .mark_point(size=150, strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            stroke=color_of(alt.Stroke, COLOURS),
            shape=shape,
            opacity=faded(pick),
            fill=color_of(alt.Fill, [COLOURS[0], "transparent"]),
            tooltip=[
                alt.Tooltip("n:Q", title="bits n"),
                alt.Tooltip("units:Q", title="gates found"),
                alt.Tooltip("low:Q", title="fewer are refuted below"),
                alt.Tooltip("known:N", title="this is"),
            ],
        ),
        # Last, as a legend picks by the first layer's names.
        alt.Chart(inline(lines))
        .mark_line(color=EXACT, strokeDash=[5, 4], strokeWidth=2)
        .encode(x=x, y=y),
    )
