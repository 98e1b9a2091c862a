"""The names at the right ends of lines, in pictures that have no legend."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from figure import TEXT_SIZE, inline

# How long a line before a name is, to show its dashes.
SAMPLE = 26


Picture = alt.Chart | alt.LayerChart


@dataclass(frozen=True)
class End:
    """Where a line ends, in pixels, and the name that belongs there, with its dash and mark."""

    name: str
    x: float
    y: float
    colour: str
    dash: list[int] | None = None
    shape: str | None = None


def gap(text_size: int = TEXT_SIZE) -> int:
    """How far apart names stand at least."""
    return text_size + 3


def end_labels(ends: list[End], height: int, text_size: int = TEXT_SIZE) -> Picture:
    """Names beside the ends of lines, moved apart; after a sample of the line if it has a dash."""
    heights = spread([(end.name, end.y) for end in ends], gap(text_size), height)
    rows = []
    for end in ends:
        start = end.x + 10
        row = {"y": round(heights[end.name], 2), "colour": end.colour, "text": end.name}
        row["x"] = round(start + (SAMPLE + 6 if end.dash else 0), 2)
        if end.dash:
            row |= {"from": round(start, 2), "to": round(start + SAMPLE, 2), "dash": end.dash}
        if end.shape:
            row |= {"middle": round(start + SAMPLE / 2, 2), "shape": end.shape}
        rows.append(row)

    def base(drawn: list[dict], x: str) -> alt.Chart:
        return alt.Chart(inline(drawn)).encode(
            x=alt.X(f"{x}:Q", scale=None, axis=None),
            y=alt.Y("y:Q", scale=None, axis=None),
            color=alt.Color("colour:N", scale=None),
        )

    layers = [
        base(rows, "x").mark_text(align="left", baseline="middle").encode(text=alt.Text("text:N"))
    ]
    if dashed := [row for row in rows if "dash" in row]:
        dash = alt.StrokeDash("dash:N", scale=None)
        lines = base(dashed, "from").mark_rule(strokeWidth=2)
        layers.append(lines.encode(x2=alt.X2("to:Q"), strokeDash=dash))
    if marked := [row for row in rows if "shape" in row]:
        shape = alt.Shape("shape:N", scale=None)
        marks = base(marked, "middle").mark_point(filled=True, size=80, strokeWidth=0)
        layers.append(marks.encode(shape=shape))
    return alt.layer(*layers) if len(layers) > 1 else layers[0]


def spread(wishes: list[tuple[str, float]], gap: float, height: float) -> dict[str, float]:
    """Heights for labels that want to stand at these, at least a gap apart and within the frame."""
    blocks: list[tuple[list[str], float]] = []
    for name, y in sorted(wishes, key=lambda wish: wish[1]):
        blocks.append(([name], _held(y, 1, gap, height)))
        # Blocks that overlap become one, which stands around their mean.
        while len(blocks) > 1 and (
            blocks[-1][1] - blocks[-2][1] < gap * (len(blocks[-1][0]) + len(blocks[-2][0])) / 2
        ):
            (above, y_above), (below, y_below) = blocks[-2:]
            count = len(above) + len(below)
            mean = (y_above * len(above) + y_below * len(below)) / count
            blocks[-2:] = [(above + below, _held(mean, count, gap, height))]
    return {
        name: y + (place - (len(names) - 1) / 2) * gap
        for names, y in blocks
        for place, name in enumerate(names)
    }


def _held(y: float, count: int, gap: float, height: float) -> float:
    """The middle of a block of labels, moved into the frame."""
    return min(max(y, (count - 1) * gap / 2), height - (count - 1) * gap / 2)
