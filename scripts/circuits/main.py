"""Checks published circuits on every row, apart from all Swift code.

A circuit comes twice: as rows of circuits.csv, and as a file in the Berkeley Logic Interchange
Format. Each is read by its definition and evaluated gate after gate, all rows of the truth table at
once: bit r of a whole number is the value on row r.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from collections.abc import Callable
from pathlib import Path

FAILED, BAD_DATA = 2, 65

WRONG_ROW = "fails  {name}: row {row} gives {value}, expected {label}"
GATES = "fails  {name}: {found} gates, expected {expected}, the upper_bound of optimum.csv"
TWICE = "fails  {name}: {found} gates give the output, expected one"
DOUBLE = "fails  {name}: '{signal}' is given twice"
MISSING = "fails  {name}: optimum.csv has n = {n}, but there is no circuit of it"
SUM = "{right} of {checked} circuits are right on every row of n = {bits}"
NO_FILE = "error: {file}: there is no such file, expected what 'depthwidth optimum --output' writes"
NO_COLUMN = "error: {folder}: no column {name}, expected the files of 'depthwidth optimum --output'"
NOT_BLIF = "error: {file}, line {line}: found '{found}', expected {expected}"
NO_GATE = "error: {name}: found the signal '{signal}' before anything gives it"


class DataError(Exception):
    """A file that is not what it should be, in one sentence."""


class Table:
    """The values of signals on all rows of n inputs x0, x1, …"""

    def __init__(self, name: str, bits: int) -> None:
        self.name, self.bits = name, bits
        self.rows = 1 << bits
        self.ones = (1 << self.rows) - 1
        # Input i is on in half of the rows: in runs of 2^i, first off, then on.
        self.signals = {
            f"x{i}": sum(1 << row for row in range(self.rows) if row >> i & 1) for i in range(bits)
        }
        self.faults: list[str] = []

    def value(self, signal: str) -> int:
        if signal not in self.signals:
            raise DataError(NO_GATE.format(name=self.name, signal=signal))
        return self.signals[signal]

    def give(self, signal: str, value: int) -> None:
        if signal in self.signals:
            self.faults.append(DOUBLE.format(name=self.name, signal=signal))
        self.signals[signal] = value

    def judge(self, output: str) -> None:
        """Compares a signal with the parity of each row."""
        value = self.value(output)
        for row in range(self.rows):
            label = row.bit_count() & 1
            if value >> row & 1 != label:
                says = WRONG_ROW.format(name=self.name, row=row, value=1 - label, label=label)
                self.faults.append(says)
                return


def rows_of(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            return list(csv.DictReader(lines))
    except FileNotFoundError:
        raise DataError(NO_FILE.format(file=file)) from None


def judge_rows(rows: list[dict[str, str]], bits: int, gates: int) -> list[str]:
    """The faults of a circuit in circuits.csv."""
    table = Table(f"circuits.csv, n = {bits}", bits)

    def wire(text: str) -> int:
        return table.ones ^ table.value(text[1:]) if text[0] == "!" else table.value(text)

    for row in rows:
        values = [wire(text) for text in row["inputs"].split()]
        value = table.ones if row["kind"] == "and" else 0
        for one in values:
            value = value & one if row["kind"] == "and" else value | one
        table.give(f"g{row['gate']}", value)
    outputs = [f"g{row['gate']}" for row in rows if row["output"] == "yes"]
    if len(outputs) != 1:
        table.faults.append(TWICE.format(name=table.name, found=len(outputs)))
    else:
        table.judge(outputs[0])
    return table.faults + count(table.name, len(rows), gates)


def count(name: str, found: int, expected: int) -> list[str]:
    return [] if found == expected else [GATES.format(name=name, found=found, expected=expected)]


def judge_blif(file: Path, bits: int, gates: int) -> list[str]:
    """The faults of a circuit in a file of its own; a table of the format is a gate."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(NO_FILE.format(file=file)) from None
    table, outputs, tables = Table(file.name, bits), [], []

    def refuse(line: int, found: str, expected: str) -> DataError:
        return DataError(NOT_BLIF.format(file=file, line=line, found=found, expected=expected))

    for number, line in enumerate(text.splitlines(), 1):
        match line.split():
            case [".model", _] | [".end"] | []:
                pass
            case [".inputs", *inputs]:
                if inputs != [f"x{i}" for i in range(bits)]:
                    raise refuse(number, line, f"the inputs x0 to x{bits - 1}")
            case [".outputs", output]:
                outputs.append(output)
            case [".names", *wires, name]:
                tables.append((wires, name, []))
            case [cube, "1"] if tables and fits(cube, tables[-1][0]):
                tables[-1][2].append(cube)
            case _:
                raise refuse(number, line, "a line of the format")
    for wires, name, cubes in tables:
        values = [table.value(wire) for wire in wires]
        table.give(name, sum_of_products(cubes, values, table.ones))
    if len(outputs) != 1:
        table.faults.append(TWICE.format(name=file.name, found=len(outputs)))
    else:
        table.judge(outputs[0])
    return table.faults + count(file.name, len(tables), gates)


def fits(cube: str, wires: list[str]) -> bool:
    return len(cube) == len(wires) and set(cube) <= set("01-")


def sum_of_products(cubes: list[str], values: list[int], ones: int) -> int:
    found = 0
    for cube in cubes:
        product = ones
        for digit, value in zip(cube, values, strict=True):
            if digit != "-":
                product &= value if digit == "1" else ones ^ value
        found |= product
    return found


def check(folder: Path) -> int:
    """Checks a folder; the exit code."""
    gates = {int(row["n"]): int(row["upper_bound"]) for row in rows_of(folder / "optimum.csv")}
    rows: dict[int, list[dict[str, str]]] = {}
    for row in rows_of(folder / "circuits.csv"):
        rows.setdefault(int(row["n"]), []).append(row)
    checks: list[Callable[[], list[str]]] = []
    faults: list[str] = []
    for bits, expected in gates.items():
        if bits in rows:
            checks.append(lambda bits=bits, own=expected: judge_rows(rows[bits], bits, own))
        else:
            faults.append(MISSING.format(name="circuits.csv", n=bits))
        file = folder / f"parity-{bits}.blif"
        checks.append(lambda file=file, bits=bits, own=expected: judge_blif(file, bits, own))
    found = [one() for one in checks]
    for fault in itertools.chain(faults, *found):
        print(fault)
    right = sum(not one for one in found)
    print(SUM.format(right=right, checked=len(found), bits=", ".join(map(str, gates))))
    return FAILED if faults or right < len(found) else 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts/circuits/run", description=__doc__)
    parser.add_argument("folder", type=Path, help="such as results/optimum")
    folder = parser.parse_args(arguments).folder
    try:
        return check(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return BAD_DATA
    except KeyError as error:
        print(NO_COLUMN.format(folder=folder, name=error), file=sys.stderr)
        return BAD_DATA


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
