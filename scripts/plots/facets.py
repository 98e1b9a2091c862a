"""Small multiples: one cell for each n, as many in a row as fit."""

from __future__ import annotations

import altair as alt

CELL_WIDTH, CELL_HEIGHT, COLUMNS = 196, 150, 4
# Bands of more arms than this hide one another.
MOST_ARMS = 6


def by_bits(layers: list[alt.Chart], count: int, pick: alt.Parameter | None) -> alt.FacetChart:
    """The layers, which share their data, in a cell for each n."""
    cell = alt.layer(*layers).properties(width=CELL_WIDTH, height=CELL_HEIGHT)
    if pick is not None:
        cell = cell.add_params(pick)
    header = alt.Header(title=None, labelExpr="'n = ' + datum.value", labelAnchor="start")
    return cell.facet(
        facet=alt.Facet("n:O", header=header),
        columns=min(COLUMNS, count),
        spacing={"row": 44, "column": 22},
    ).properties(bounds="flush")


def legend(names: list[str], count: int) -> alt.Legend:
    """A legend above the cells, in as many lines as it takes to be no wider than they are."""
    widths = [7.5 * len(name) + 48 for name in names]
    if sum(widths) <= width(count):
        return alt.Legend(title=None)
    return alt.Legend(title=None, columns=max(1, int(width(count) / max(widths))))


def width(count: int) -> int:
    """How wide the cells are together, for the lines of the caption."""
    return max(620, min(COLUMNS, count) * (CELL_WIDTH + 22) + 40)
