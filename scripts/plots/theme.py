"""How all figures look: font, sizes, colours, dashes, shapes."""

from __future__ import annotations

import textwrap
from typing import Any

# vl-convert carries Liberation Sans, so that its bytes do not depend on the machine's fonts; the
# others have the same widths, for readers of the SVG.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

INK, MUTED, GRID, PAPER = "#1f2328", "#59636e", "#dfe3e8", "#ffffff"

# Okabe and Ito's colours, told apart with every common colour blindness, without their yellow (too
# light on white). They come again after seven arms, with broken lines; there are twelve marks.
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333a42"]
EXACT = "#6b7580"
SHAPES = [
    "circle",
    "square",
    "diamond",
    "triangle-down",
    "cross",
    "triangle-right",
    "triangle-left",
    # Drawn by paths: X, star, hourglass, bow tie, hexagon.
    "M-1,-.6L-.6,-1L0,-.4L.6,-1L1,-.6L.4,0L1,.6L.6,1L0,.4L-.6,1L-1,.6L-.4,0Z",
    "M0,-1.2L.3,-.4L1.15,-.4L.47,.13L.72,.95L0,.45L-.72,.95L-.47,.13L-1.15,-.4L-.3,-.4Z",
    "M-.8,-1L.8,-1L-.8,1L.8,1Z",
    "M-1,-.8L1,.8L1,-.8L-1,.8Z",
    "M-1,0L-.5,-.87L.5,-.87L1,0L.5,.87L-.5,.87Z",
]
DASHES = [
    [1, 0],
    [8, 3],
    [2, 3],
    [8, 3, 2, 3],
    [5, 5],
    [2, 7],
    [12, 2, 2, 2],
    [12, 6],
    [4, 2],
    [8, 2, 2, 2, 2, 2],
    [1, 2],
    [16, 3, 4, 3],
]

# The same roles on a dark page.
_DARK = {
    INK: "#e8eaed",
    MUTED: "#a9b1ba",
    GRID: "#363c44",
    PAPER: "#16191d",
    EXACT: "#98a2ad",
    "#0072b2": "#58aee8",
    "#d55e00": "#f2854a",
    "#009e73": "#2ec79b",
    "#cc79a7": "#e0a0c5",
    "#e69f00": "#f1b840",
    "#56b4e9": "#8fd3fa",
    "#333a42": "#d3d8de",
}

# Viridis, less its ends: from few bits to many.
_FEW_TO_MANY = ["#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#8fc93a"]
_FEW_TO_MANY_DARK = ["#b28be0", "#8d9cf0", "#6fb3e6", "#4dc4cf", "#45d3b0", "#7be08f", "#c9ee6a"]


# So many arms can be told apart in one picture.
MOST_ARMS = len(SHAPES)


def colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def shape(place: int) -> str:
    return SHAPES[place % len(SHAPES)]


def dash(place: int) -> list[int]:
    return DASHES[place % len(DASHES)]


def round_dash(place: int) -> list[int]:
    """The line of a measured arm: solid, and broken where its colour comes a second time."""
    return DASHES[place // len(COLOURS) % len(DASHES)]


def sequence(count: int) -> list[str]:
    """Colours for that many ordered things."""
    return [_between(_FEW_TO_MANY, place / max(1, count - 1)) for place in range(count)]


def dark_colours(longest: int = 16) -> dict[str, str]:
    """Which colour takes the place of which on a dark page."""
    swaps = dict(_DARK)
    for count in range(1, longest + 1):
        for place in range(count):
            share = place / max(1, count - 1)
            swaps[_between(_FEW_TO_MANY, share)] = _between(_FEW_TO_MANY_DARK, share)
    return swaps


def _between(anchors: list[str], share: float) -> str:
    position = share * (len(anchors) - 1)
    low = min(int(position), len(anchors) - 2)
    parts = []
    for start in (1, 3, 5):
        a, b = (int(anchors[low + step][start : start + 2], 16) for step in (0, 1))
        parts.append(round(a + (b - a) * (position - low)))
    return "#" + "".join(f"{part:02x}" for part in parts)


def config(size: int) -> dict[str, Any]:
    """The Vega-Lite configuration; size is that of most text, in pixels."""
    return {
        "font": FONT,
        "background": PAPER,
        "padding": 14,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "group",
            "fontSize": size + 5,
            "color": INK,
            "subtitleFontSize": size,
            "subtitleColor": MUTED,
            "subtitleLineHeight": size + 5,
            "subtitlePadding": 6,
            "offset": 14,
        },
        "axis": {
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": GRID,
            "domainColor": MUTED,
            "tickColor": MUTED,
            "titlePadding": 8,
            "labelSeparation": 5,
        },
        "legend": {
            "labelFontSize": size,
            "titleFontSize": size,
            "labelColor": INK,
            "titleColor": INK,
            "symbolSize": 130,
            "labelLimit": 0,
            "orient": "top",
            "rowPadding": 5,
            "columnPadding": 18,
            "symbolStrokeWidth": 2.5,
            "symbolOpacity": 1,
            "titleOrient": "left",
            "titlePadding": 12,
            "layout": {"top": {"anchor": "start", "direction": "vertical", "margin": 6}},
        },
        "header": {
            "labelFontSize": size,
            "labelColor": INK,
            "titleFontSize": size,
            "titleColor": INK,
            "labelFontWeight": "bold",
            "labelPadding": 4,
        },
        "text": {"fontSize": size, "color": INK},
    }


def wrapped(text: str, width: int, size: int) -> list[str]:
    """The lines of a caption below a title; letters are about half as wide as high."""
    return textwrap.wrap(text, max(30, int(width / (0.475 * size))))
