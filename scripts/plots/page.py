"""The page of all experiments: one file, which asks for no other file and no network.

Each chart has a picture in its place, for readers without JavaScript.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import json5
import vl_convert

import figure as figures
import report
import sentences
import stills
import theme
from experiment import Experiment
from figure import VEGA_LITE, Figure
from tables import DataError

TEMPLATES = Path(__file__).parent / "page"
TEXT_SIZE = 13


@dataclass(frozen=True)
class Section:
    """A part of the page: an experiment with its figures, or figures with a word of their own."""

    name: str
    heading: str
    folder: Path
    drawn: list[Figure]
    experiment: Experiment | None = None
    definition: Path | None = None


def write(folder: Path, sections: list[Section]) -> Path:
    """Writes index.html."""
    specifications = {
        _place(section, drawn): drawn.page_specification()
        for section in sections
        for drawn in section.drawn
    }
    config = theme.config(TEXT_SIZE)
    config["padding"] = 4
    parts = {
        "STYLE": (TEMPLATES / "style.css").read_text(encoding="utf-8"),
        "NAVIGATION": " ".join(
            f'<a href="#{escape(section.name)}">{escape(section.name)}</a>' for section in sections
        ),
        "SECTIONS": "\n".join(_section(section) for section in sections),
        "FIGURES": _embedded(specifications),
        "LOOK": _embedded({"config": config, "dark": theme.dark_colours()}),
        "VEGA": _vega(),
        "SCRIPT": (TEMPLATES / "script.js").read_text(encoding="utf-8"),
    }
    page = (TEMPLATES / "index.html").read_text(encoding="utf-8")
    pieces = page.split("{{")
    # Placeholders are taken from the template alone, never from what was put in.
    filled = pieces[0] + "".join(
        parts[name] + rest for name, rest in (piece.split("}}", 1) for piece in pieces[1:])
    )
    return figures.write(folder / "index.html", filled.encode())


def _vega() -> str:
    """Vega, Vega-Lite and vega-embed in one script; kept, as making it takes seconds."""
    kept = Path(sys.prefix) / "vega.js"
    if not kept.exists():
        script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
        figures.write(kept, script.encode())
    return kept.read_text(encoding="utf-8")


def _embedded(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")


def _place(section: Section, drawn: Figure) -> str:
    return f"{section.name}-{drawn.name}"


def _section(section: Section) -> str:
    lines = [f'<section id="{escape(section.name)}">', f"<h2>{escape(section.heading)}</h2>"]
    if section.definition:
        said = _definition(section.definition)
        lines.append(
            f"<dl><dt>Question</dt><dd>{escape(said['question'])}</dd>"
            f"<dt>Prediction</dt><dd>{escape(said['prediction'])}</dd>{_verdict(said)}</dl>"
        )
    lines += [_figure(section, drawn) for drawn in section.drawn]
    if section.experiment:
        lines.append(report.minima_table(section.experiment))
        lines.append(report.verdicts(section.experiment))
    return "\n".join([*lines, "</section>"])


def _verdict(said: dict[str, Any]) -> str:
    """What became of the prediction, where the experiment file says so."""
    match said.get("verdict"):
        case {"prediction": str(word), "because": str(reason)}:
            return f"<dt>What became of it</dt><dd><b>{escape(word)}</b>. {escape(reason)}</dd>"
    return ""


def _definition(path: Path) -> dict[str, Any]:
    """Question, prediction and verdict of an experiment file."""
    try:
        found = json5.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(sentences.Command.NO_DEFINITION.format(file=path)) from None
    except ValueError as error:
        raise DataError(sentences.Command.NOT_JSON5.format(file=path, error=error)) from None
    for key in ("question", "prediction"):
        if not isinstance(found, dict) or not isinstance(found.get(key), str):
            raise DataError(sentences.Command.NO_KEY.format(file=path, key=key))
    return found


def _figure(section: Section, drawn: Figure) -> str:
    """A box with a picture in it, which the script of the page replaces by a chart."""
    place = escape(_place(section, drawn))
    return (
        f'<figure id="{place}"><h3>{escape(drawn.title)}</h3>'
        f"<figcaption>{escape(drawn.caption)}</figcaption>"
        f'<div class="chart" data-figure="{place}" role="img"'
        f' aria-label="{escape(drawn.title)}">{stills.still(drawn, place)}</div></figure>'
    )
