"""An experiment as its CSV files tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import sentences
import tables
from tables import Row


@dataclass(frozen=True)
class Experiment:
    """A folder of CSV files, published or of a run; each file is read when it is first needed."""

    name: str
    folder: Path

    @cached_property
    def summary(self) -> list[Row]:
        """The minimum units of each arm, n and depth."""
        return self._read("summary.csv", tables.SUMMARY)

    @cached_property
    def trials(self) -> list[Row]:
        return self._read("trials.csv", tables.TRIALS)

    @cached_property
    def settings(self) -> list[Row]:
        """Seeds and successes of each arm, n, depth and number of units; none of exact arms."""
        return self._read("settings.csv", tables.SETTINGS, may_be_empty=True)

    @cached_property
    def claims(self) -> list[Row]:
        """The verdicts, or none: an experiment may claim nothing."""
        return self._read_if_there("claims.csv", tables.CLAIMS)

    @cached_property
    def curves(self) -> list[Row]:
        """The learning curves, or none: few experiments record them."""
        return self._read_if_there("curves.csv", tables.CURVES)

    def _read_if_there(self, file: str, columns: dict[str, str]) -> list[Row]:
        if not (self.folder / file).exists():
            return []
        return self._read(file, columns, may_be_empty=True)

    def _read(self, file: str, columns: dict[str, str], may_be_empty: bool = False) -> list[Row]:
        name = self.name.split("+")[0]
        remedy = sentences.Tables.REMEDY.format(name=name)
        return tables.read(self.folder / file, columns, remedy, may_be_empty)


def arms(rows: Iterable[Row]) -> list[str]:
    """The arms in the order of the file, which is that of the experiment."""
    return list(dict.fromkeys(row["arm"] for row in rows))


def searching_arms(summary: list[Row]) -> list[str]:
    """The arms that search the depth: their summary says which depth was chosen."""
    return arms(row for row in summary if row["chosen"])


def deepening_arms(summary: list[Row]) -> list[str]:
    """The exact arms that were built in several depths for one n."""
    searching = searching_arms(summary)
    places = [(row["arm"], row["n"]) for row in summary if row["arm"] not in searching]
    return arms(row for row in summary if places.count((row["arm"], row["n"])) > 1)


def sparse_arms(rows: Iterable[Row]) -> dict[str, list[int]]:
    """The arms whose label is the parity of fewer than all bits, each with its numbers of bits."""
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row["arm"], set()).add(row["k"] if row["k"] != row["n"] else 0)
    return {arm: sorted(ks - {0}) for arm, ks in found.items() if ks - {0}}


def is_measured(row: Row) -> bool:
    """Whether seeds were tried, as in trained and frozen arms; the others are exact."""
    return row["family"] in ("trained", "frozen")


def bits(rows: Iterable[Row]) -> list[int]:
    """The n that occur, ascending."""
    return sorted({row["n"] for row in rows})
