"""A figure: a chart, what to read from it, and its files."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from PIL import Image

import sentences
import theme
from tables import Row

# vl-convert looks up fonts when it first draws, and would take the machine's own Liberation Sans,
# of whatever version, before the one it carries.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "fonts.conf")

TEXT_SIZE = 15

# The version of Vega-Lite that this Altair writes; vl-convert carries several.
VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


@dataclass(frozen=True)
class Figure:
    """One picture; the page draws the same chart with a legend in place of labels at line ends."""

    name: str
    title: str
    caption: str
    picture: alt.TopLevelMixin
    interactive: alt.TopLevelMixin
    width: int
    text_size: int = TEXT_SIZE

    def specification(self) -> dict[str, Any]:
        """The Vega-Lite specification of the file: with title, caption and theme."""
        lines = theme.wrapped(self.caption, self.width, self.text_size)
        title = alt.TitleParams(self.title, subtitle=lines)
        specification = self.picture.properties(title=title).to_dict(validate=False)
        # Set here, as Altair's classes do not know all that Vega understands of legends.
        specification["config"] = theme.config(self.text_size)
        return specification

    def page_specification(self) -> dict[str, Any]:
        """The specification for the page, which sets title, caption, theme and width itself."""
        specification = self.interactive.to_dict(validate=False)
        for key in ("config", "$schema"):
            specification.pop(key, None)
        return specification

    def write(self, folder: Path) -> list[Path]:
        """Writes SVG and PNG."""
        picture = svg(self.specification())
        return [
            write(folder / f"{self.name}.svg", picture.encode()),
            write(folder / f"{self.name}.png", _png(picture)),
        ]


def svg(specification: dict[str, Any]) -> str:
    """The picture; its clips are counted from its own first one, not from those drawn before it."""
    drawn = vl_convert.vegalite_to_svg(
        json.dumps(specification), vl_version=VEGA_LITE, show_warnings=False
    )
    numbers: dict[str, int] = {}
    return re.sub(
        r"\bclip(\d+)\b", lambda found: f"clip{numbers.setdefault(found[1], len(numbers))}", drawn
    )


def _png(svg: str) -> bytes:
    """The picture in half as many pixels again, and in a palette: a fifth of the bytes."""
    picture = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=1.5))).convert("RGB")
    palette = picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    palette.save(file, "PNG", compress_level=6)
    return file.getvalue()


def write(path: Path, content: bytes) -> Path:
    """Writes a file in one move, so that none is ever left half written."""
    fresh = path.with_name(path.name + ".part")
    fresh.write_bytes(content)
    return fresh.replace(path)


def arm_scales(names: list[str], measured: list[str]) -> dict[str, dict[str, list[Any]]]:
    """Domain and range of colour, dash and shape: measured arms stand out where there are any."""
    colours, dashes, shapes = [], [], []
    exact = [name for name in names if name not in measured]
    for name in names:
        if name in measured:
            place = measured.index(name)
            colours.append(theme.colour(place))
            dashes.append(theme.round_dash(place))
            shapes.append(theme.shape(place))
        else:
            place = exact.index(name)
            colours.append(theme.EXACT if measured else theme.colour(place))
            dashes.append(theme.dash(place))
            shapes.append("stroke")
    return {
        "color": {"domain": names, "range": colours},
        "strokeDash": {"domain": names, "range": dashes},
        "shape": {"domain": names, "range": shapes},
    }


def legend_pick(field: str) -> alt.Parameter:
    """A click on the legend picks what stays bright."""
    return alt.selection_point(fields=[field], bind="legend", name="pick")


def legend_of_arms(measured: list[str]) -> alt.Legend:
    """A legend of shapes and strokes, or of strokes alone, which must be long to show dashes."""
    if measured:
        return alt.Legend(title=None, symbolSize=220)
    return alt.Legend(title=None, symbolType="stroke", symbolSize=500)


def faded(pick: alt.Parameter | None, full: float = 1.0) -> alt.OpacityValue:
    """The opacity of marks: full, and nearly none for what is not picked."""
    if pick is None:
        return alt.OpacityValue(full)
    return alt.OpacityValue(0.07, condition={"param": pick.name, "value": full})


def in_parts(
    names: list[str], build: Callable[[list[str]], Figure], most: int = theme.MOST_ARMS
) -> list[Figure]:
    """One figure, or several where there are more arms than a picture tells apart."""
    count = -(-len(names) // most) or 1
    ends = [len(names) * part // count for part in range(count + 1)]
    figures = [build(names[start:end]) for start, end in pairwise(ends)]
    if count == 1:
        return figures
    return [
        replace(
            figure,
            name=figure.name if part == 1 else f"{figure.name}-{part}",
            title=sentences.PART.format(title=figure.title, part=part, parts=count),
        )
        for part, figure in enumerate(figures, 1)
    ]


def shifts(count: int, usual: float, slot: float = 1) -> list[float]:
    """Where things that share a place on an axis stand beside it, none near the next place."""
    step = min(usual, 0.6 * slot / max(1, count - 1))
    return [step * (index - (count - 1) / 2) for index in range(count)]


def inline(rows: list[Row]) -> alt.InlineData:
    """Rows as a chart's data: a tuple, which Altair does not copy as it does lists."""
    return alt.InlineData(values=tuple(rows))
