"""The picture of a figure as it stands in the page, for readers without JavaScript."""

from __future__ import annotations

import re

import theme
from figure import Figure, svg

# Names at the right ends of lines take more where the reader's font is a wide one.
ROOM = 44

# What only a program reads, and what repeats the default.
_SUPERFLUOUS = re.compile(
    r' (?:aria-[a-z]+|role|xmlns(?::xlink)?|version|stroke-miterlimit|pointer-events)="[^"]*"'
    r'| (?:opacity="1"|transform="translate\(0,0\)")'
)
_FONT = f' font-family="{theme.FONT}"'
_PLACES = re.compile(r' (?:d|transform|x2|y2)="[^"]*"')
_FRACTION = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")


def still(figure: Figure, place: str) -> str:
    """An SVG element; its ids begin with `place`, as a page holds many."""
    specification = figure.picture.to_dict(validate=False)
    padding = {"left": 4, "top": 4, "right": ROOM if "width" in specification else 4, "bottom": 4}
    specification["config"] = theme.config(figure.text_size) | {"padding": padding}
    drawn = svg(specification)
    drawn = _SUPERFLUOUS.sub("", drawn).replace(_FONT, "")
    drawn = _PLACES.sub(lambda found: _FRACTION.sub(_rounded, found[0]), drawn)
    drawn = re.sub(r"\bclip(\d+)\b", rf"{place}-clip\1", drawn)
    return drawn.replace('class="marks"', 'class="still"', 1)


def _rounded(found: re.Match[str]) -> str:
    """A tenth of a pixel is as near as anybody sees."""
    value = round(float(found[0]), 1)
    return f"{value:g}" if value else "0"
