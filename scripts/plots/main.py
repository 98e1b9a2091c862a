"""Draws the figures of experiments, and the page of all of them, from their CSV files alone."""

from __future__ import annotations

import argparse
import os
import sys
from difflib import get_close_matches
from pathlib import Path

from altair.utils.schemapi import debug_mode

import accuracy
import curves
import depth
import laws
import optimum
import page
import sentences
import success
import units
from experiment import Experiment
from page import Section
from tables import DataError

ROOT = Path(__file__).resolve().parents[2]
RESULTS, EXPERIMENTS = Path("results"), Path("experiments")
BAD_USAGE, BAD_DATA, CANNOT_WRITE = 64, 65, 73


def published() -> list[str]:
    """What results/ holds: the default experiment, then the others by name."""
    tables = (*RESULTS.glob("*/summary.csv"), *RESULTS.glob(f"{optimum.NAME}/optimum.csv"))
    return sorted(
        (path.parent.name for path in tables), key=lambda name: (name != laws.CLAIM, name)
    )


def section(name: str, folder: Path) -> Section:
    """An experiment and what its files have to show, in the order of the page."""
    if name == optimum.NAME:
        return Section(name, name, folder, [optimum.build(folder)])
    experiment = Experiment(name, folder)
    drawn = [
        figure
        for module in (units, success, depth, accuracy, curves)
        for figure in module.build(experiment)
    ]
    if not drawn:
        raise DataError(sentences.Command.NOTHING_DRAWN.format(file=folder / "summary.csv"))
    return Section(name, name, folder, drawn, experiment, EXPERIMENTS / name / "experiment.json5")


def laws_section() -> Section:
    experiments = [Experiment(name, RESULTS / name) for name in (laws.CLAIM, laws.FROZEN)]
    return Section("laws", sentences.Laws.HEADING, RESULTS, [laws.build(*experiments)])


def write(sections: list[Section]) -> None:
    for part in sections:
        for figure in part.drawn:
            svg, png = figure.write(part.folder)
            print(f"{svg.as_posix()} {png.as_posix()}")


def draw(options: argparse.Namespace) -> int:
    """Carries out what was asked; the exit code."""
    if options.source:
        folder = options.source
        write([section(folder.name, folder)])
        return 0
    known = published()
    for name in options.names:
        if name not in known:
            return misnamed(name, known)
    if options.names:
        write([section(name, RESULTS / name) for name in options.names])
    if options.page or not options.names:
        sections = [laws_section()] + [section(name, RESULTS / name) for name in known]
        if not options.page:
            write(sections)
        print(page.write(RESULTS, sections).as_posix())
    return 0


def misnamed(name: str, known: list[str]) -> int:
    near = get_close_matches(name, known, 1)
    says = sentences.Command
    hint = (
        says.DID_YOU_MEAN.format(name=near[0])
        if near
        else says.THERE_ARE.format(names=", ".join(known))
    )
    print(says.MISNAMED.format(name=name, hint=hint), file=sys.stderr)
    return BAD_USAGE


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/plots/run",
        description="Draws figures from CSV files: SVG and PNG beside them.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="published experiments; without any: all, the laws and the page",
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="DIR",
        help="a run's folder, such as results/runs/claim",
    )
    parser.add_argument("--page", action="store_true", help="write results/index.html alone")
    options = parser.parse_args(arguments)
    if options.source and (options.names or options.page):
        parser.error(sentences.Command.FROM_ALONE)
    if options.source:
        options.source = options.source.resolve()
        if options.source.is_relative_to(ROOT):
            options.source = options.source.relative_to(ROOT)
    return options


def main(arguments: list[str]) -> int:
    try:
        options = parsed(arguments)
    except SystemExit as stop:
        # argparse says 2, which here means that a claim fails.
        return BAD_USAGE if stop.code else 0
    os.chdir(ROOT)
    try:
        # Altair's checks take most of the time, and the tests have them on.
        with debug_mode(False):
            return draw(options)
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_DATA
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
        return CANNOT_WRITE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
