"""Reads CSV files and checks them: what is missing or not a number is said in one sentence."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from sentences import Tables as Says

Row = dict[str, Any]

# What a column holds. The last two may be empty: then the value is None, missing, and not 0.
TEXT, INTEGER, NUMBER = "text", "integer", "number"
MAYBE_INTEGER, MAYBE_NUMBER = "integer or empty", "number or empty"


def _finite(field: str) -> float:
    value = float(field)
    if not isfinite(value):
        raise ValueError(field)
    return value


_PARSERS: dict[str, Callable[[str], Any]] = {
    TEXT: str,
    INTEGER: int,
    NUMBER: _finite,
    MAYBE_INTEGER: lambda field: int(field) if field else None,
    MAYBE_NUMBER: lambda field: _finite(field) if field else None,
}

SUMMARY = {
    "arm": TEXT,
    "family": TEXT,
    "n": INTEGER,
    "depth": INTEGER,
    "minimum_units_any": MAYBE_INTEGER,
    "minimum_units_half": MAYBE_INTEGER,
    "successes": MAYBE_INTEGER,
    "seeds": MAYBE_INTEGER,
    "success_low": MAYBE_NUMBER,
    "success_high": MAYBE_NUMBER,
    "two_level_units": MAYBE_INTEGER,
    "success_units": MAYBE_INTEGER,
    "mean_accuracy": MAYBE_NUMBER,
    "mean_train_accuracy": MAYBE_NUMBER,
    "mean_held_out_accuracy": MAYBE_NUMBER,
    "most_units_tried": MAYBE_INTEGER,
    "chosen": TEXT,
    "evidence": TEXT,
    "k": INTEGER,
    "half_low": MAYBE_INTEGER,
    "half_high": MAYBE_INTEGER,
}
SETTINGS = {
    "arm": TEXT,
    "n": INTEGER,
    "k": INTEGER,
    "depth": INTEGER,
    "units": INTEGER,
    "seeds": INTEGER,
    "successes": INTEGER,
    "success_low": NUMBER,
    "success_high": NUMBER,
}
TRIALS = {
    "key": TEXT,
    "arm": TEXT,
    "n": INTEGER,
    "depth": INTEGER,
    "units": INTEGER,
    "accuracy": MAYBE_NUMBER,
    "train_rows": MAYBE_INTEGER,
    "train_solved_rows": MAYBE_INTEGER,
    "held_out_rows": MAYBE_INTEGER,
    "held_out_solved_rows": MAYBE_INTEGER,
}
CLAIMS = {
    "claim": TEXT,
    "arm": TEXT,
    "verdict": TEXT,
    "expected": TEXT,
    "found": TEXT,
    "n_from": MAYBE_INTEGER,
    "n_to": MAYBE_INTEGER,
}
CURVES = {"key": TEXT, "epoch": INTEGER, "loss": MAYBE_NUMBER, "accuracy": MAYBE_NUMBER}
OPTIMUM = {
    "n": INTEGER,
    "lower_bound": INTEGER,
    "upper_bound": INTEGER,
    "optimum": MAYBE_INTEGER,
    "assumed": TEXT,
    "confirmed_lower_bound": MAYBE_INTEGER,
    "confirmed_by": TEXT,
}


class DataError(Exception):
    """A file that cannot be drawn: where, what was found, what was expected, what to do."""


def read(path: Path, columns: dict[str, str], remedy: str, may_be_empty: bool = False) -> list[Row]:
    """The rows of a CSV file; columns that are not asked for are ignored."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(_rows(path, csv.reader(file, strict=True), columns, remedy))
    except FileNotFoundError:
        raise DataError(Says.MISSING.format(file=path, remedy=remedy)) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(Says.NOT_CSV.format(file=path, error=error, remedy=remedy)) from None
    if not rows and not may_be_empty:
        raise DataError(Says.NO_ROWS.format(file=path, remedy=remedy))
    return rows


def _rows(
    path: Path, reader: Iterator[list[str]], columns: dict[str, str], remedy: str
) -> Iterator[Row]:
    header = next(reader, None)
    if header is None:
        raise DataError(Says.EMPTY.format(file=path, remedy=remedy))
    for name in columns:
        if name not in header:
            found = ", ".join(header)
            raise DataError(Says.NO_COLUMN.format(file=path, name=name, found=found, remedy=remedy))
    places = [(name, kind, header.index(name)) for name, kind in columns.items()]
    for line, fields in enumerate(reader, 2):
        if len(fields) != len(header):
            raise DataError(
                Says.TORN.format(
                    file=path,
                    row=line,
                    fields=len(fields),
                    expected=len(header),
                    remedy=remedy,
                )
            )
        yield {
            name: _value(path, line, name, kind, fields[place], remedy)
            for name, kind, place in places
        }


def _value(path: Path, line: int, name: str, kind: str, field: str, remedy: str) -> Any:
    try:
        return _PARSERS[kind](field)
    except ValueError:
        raise DataError(
            Says.VALUE.format(
                file=path,
                row=line,
                name=name,
                found=field,
                expected=_article(kind),
                remedy=remedy,
            )
        ) from None


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
