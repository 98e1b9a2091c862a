"""Checks the networks behind published minima with numpy, apart from all Swift code.

Each minimum of a trained arm in summary.csv must have its network in networks.safetensors: that of
the lowest seed which trials.csv calls solved with so many units. Its header must say what the two
tables say, every one of its 2^n rows must be on the side of its label, and not one byte of its
numbers may be another than when it was written.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from forward import FUNCTIONS, Network, logits, sign

FILE = "networks.safetensors"
FORMAT = "depthwidth networks 1"
MINIMA = ("minimum_units_any", "minimum_units_half")
# So many rows at a time, whatever n is.
ROWS = 1 << 14

NO_FILE = "no {file}, though summary.csv has minima of trained arms; publish the experiment anew"
NO_NETWORK = "no network, though summary.csv has {minima} of {units}"
NO_TRIAL = "trials.csv has no solved training of {units} units, though summary.csv says {minimum}"
STRANGER = "a network of no solved training in trials.csv"
NOT_AS_WRITTEN = "its header is not written as it is by depthwidth"
HEADER = "{name} is {found}, expected {expected}"
NO_ARRAY = "no array {name}"
SHAPE = "{name} has the type {found}, expected {expected}"
WRONG = "row {row} (x0 … = {bits}): the logit is {logit}, the label {label}"
UNDECIDED = "row {row} (x0 … = {bits}): the logit is {logit}, its sign could not be proven"
MARGIN = "row {row}: the smallest |logit| is {found}, trials.csv says {table}, the header {header}"
HASH = (
    "its numbers have the hash {found}, the header says {stated}; the least |logit| is at row {row}"
)

Row = dict[str, str]


class UnreadableError(Exception):
    """A file that cannot be read at all, in one sentence."""


def fnv(data: bytes) -> str:
    """The 64-bit FNV-1a hash in hexadecimal digits."""
    word = 0xCBF29CE484222325
    for byte in data:
        word = (word ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{word:016x}"


@dataclass(frozen=True)
class Wanted:
    """A trial whose network must be there, and the minima that it is the evidence of."""

    trial: Row
    minima: list[str]


def rows_of(file: Path) -> list[Row]:
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            return list(csv.DictReader(lines))
    except OSError as error:
        raise UnreadableError(f"{file}: cannot be read: {error}; publish the experiment") from None


def solved(trials: list[Row]) -> dict[tuple[str, ...], Row]:
    """Of each arm, n, depth and number of units the solved training with the lowest seed."""
    lowest: dict[tuple[str, ...], Row] = {}
    for trial in trials:
        if trial["family"] != "trained" or trial["outcome"] != "solved":
            continue
        place = (trial["arm"], trial["n"], trial["depth"], trial["units"])
        other = lowest.get(place)
        if other is None or order(trial) < order(other):
            lowest[place] = trial
    return lowest


def order(trial: Row) -> tuple[int, str]:
    return int(trial["seed"]), trial["key"]


def wanted(summary: list[Row], trials: list[Row]) -> tuple[dict[str, Wanted], list[str]]:
    """The trials whose networks must be there by key, and what is wrong with the tables."""
    lowest = solved(trials)
    found: dict[str, Wanted] = {}
    faults = []
    for row in summary:
        if row["family"] != "trained":
            continue
        for minimum in MINIMA:
            if not (units := row[minimum]):
                continue
            place = (row["arm"], row["n"], row["depth"], units)
            if (trial := lowest.get(place)) is None:
                text = NO_TRIAL.format(units=units, minimum=minimum)
                faults.append(f"{row['arm']}/n={row['n']}/depth={row['depth']}: {text}")
                continue
            found.setdefault(trial["key"], Wanted(trial, [])).minima.append(minimum)
    return found, faults


def relevant(trial: Row) -> list[int]:
    """The bits whose parity the label is: the first k, or those that the key names."""
    for part in trial["key"].split("/"):
        if part.startswith("relevant="):
            return [int(bit) for bit in part.removeprefix("relevant=").split("+")]
    return list(range(int(trial["k"])))


def facts(trial: Row, minima: list[str]) -> dict[str, object]:
    """What the header must say of a network, by the tables."""
    return {
        "n": int(trial["n"]),
        "relevant": relevant(trial),
        "architecture": [int(width) for width in trial["widths"].split("x") if width],
        "connections": trial["connections"],
        "activation": trial["activation"],
        "coding": trial["coding"],
        "minima": minima,
    }


def shapes(about: dict) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The names and shapes of a network's arrays."""
    seen = about["n"]
    for layer, units in enumerate([*about["architecture"], 1], 1):
        yield f"W{layer}", (units, seen)
        yield f"b{layer}", (units,)
        seen = seen + units if about["connections"] == "bridged" else units


class File:
    """networks.safetensors: the arrays by the safetensors package, the header also as it stands."""

    def __init__(self, path: Path) -> None:
        try:
            with safe_open(str(path), framework="numpy") as file:
                self.texts: dict[str, str] = file.metadata() or {}
                self.arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            data = path.read_bytes()
        except (SafetensorError, OSError, ValueError, UnicodeDecodeError) as error:
            raise UnreadableError(f"{path}: cannot be read: {error}; put it back") from None
        header = data[8 : 8 + int.from_bytes(data[:8], "little")].rstrip(b" ")
        written = json.loads(header)
        self.is_as_written = header == compact(written).encode()

    def headers(self) -> dict[str, dict]:
        """What is said of each network; text that is no JSON object counts as nothing said."""
        found = {}
        for key, text in self.texts.items():
            if key == "format":
                continue
            try:
                about = json.loads(text)
            except ValueError:
                about = None
            found[key] = about if isinstance(about, dict) and compact(about) == text else {}
        return found


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def network(file: File, key: str, about: dict) -> tuple[Network, bytes] | str:
    """A network and the bytes of its numbers, or what is wrong with its arrays."""
    arrays, data = [], b""
    for name, shape in shapes(about):
        array = file.arrays.get(f"{key}/{name}")
        if array is None:
            return NO_ARRAY.format(name=name)
        if array.shape != shape or array.dtype != np.float64:
            return SHAPE.format(
                name=name, found=f"{array.dtype} {array.shape}", expected=f"float64 {shape}"
            )
        arrays.append(array)
        data += array.astype("<f8").tobytes()
    is_bridged = about["connections"] == "bridged"
    return Network(arrays[0::2], arrays[1::2], about["activation"], is_bridged), data


def inputs(about: dict, rows: np.ndarray) -> np.ndarray:
    """The inputs of some rows, of shape (n, rows): bit i of a row is input i."""
    bits = rows[None, :] >> np.arange(about["n"])[:, None] & 1
    return (bits if about["coding"] == "zeroOne" else 2 * bits - 1).astype(float)


def judged(net: Network, about: dict, table_margin: str, stated: object) -> tuple[list[str], int]:
    """What is wrong with the rows of a network, and the row with the smallest |logit|."""
    n = about["n"]
    mask = sum(1 << bit for bit in about["relevant"])
    smallest, narrowest, allowed = np.inf, 0, 0.0

    def said(text: str, row: int, logit: float) -> str:
        bits = "".join(str(row >> bit & 1) for bit in range(n))
        label = (row & mask).bit_count() & 1
        return text.format(row=row, bits=bits, logit=logit, label=label)

    for start in range(0, 1 << n, ROWS):
        rows = np.arange(start, min(start + ROWS, 1 << n))
        x = inputs(about, rows)
        z, moved = logits(net, x)
        labels = np.array([(int(row) & mask).bit_count() & 1 for row in rows])
        signed = np.where(labels == 1, z, -z)
        # A NaN is on neither side.
        unsure = ~(abs(z) > moved)
        for place in np.flatnonzero(unsure | ~(signed > 0)):
            row, logit = int(rows[place]), float(z[place])
            true = sign(net, x[:, place]) if unsure[place] else int(np.sign(logit))
            if true == 0:
                return [said(UNDECIDED, row, logit)], row
            if (true > 0) != bool(labels[place]):
                return [said(WRONG, row, logit)], row
        place = int(np.argmin(abs(z)))
        if abs(z[place]) < smallest:
            smallest, narrowest = float(abs(z[place])), int(rows[place])
            # The suite's own rounding is bounded in the same way.
            allowed = 2 * float(moved[place])
    is_same = isinstance(stated, float | int) and repr(float(stated)) == table_margin
    if not is_same or abs(smallest - float(stated)) > allowed:
        text = MARGIN.format(row=narrowest, found=smallest, table=table_margin, header=stated)
        return [text], narrowest
    return [], narrowest


def faults_of(file: File, key: str, about: dict, trial: Row, minima: list[str]) -> list[str]:
    """All that is wrong with one network."""
    for name, expected in facts(trial, minima).items():
        if (found := about.get(name)) != expected:
            return [HEADER.format(name=name, found=compact(found), expected=compact(expected))]
    if about["activation"] not in FUNCTIONS:
        return [HEADER.format(name="activation", found=about["activation"], expected="a known one")]
    match network(file, key, about):
        case str(fault):
            return [fault]
        case (net, data):
            found, row = judged(net, about, trial["margin"], about.get("margin"))
            if not found and fnv(data) != about.get("hash"):
                return [HASH.format(found=fnv(data), stated=about.get("hash"), row=row)]
            return found
    return []


def check(folder: Path) -> tuple[int, list[str]]:
    """How many networks were checked in a folder, and a line for each fault."""
    trials = rows_of(folder / "trials.csv")
    needed, table_faults = wanted(rows_of(folder / "summary.csv"), trials)
    lines = list(table_faults)
    path = folder / FILE
    if not path.exists():
        return 0, lines + [f"{folder}: {NO_FILE.format(file=FILE)}"] * bool(needed)
    file = File(path)
    if file.texts.get("format") != FORMAT:
        raise UnreadableError(f"{path}: no '{FORMAT}' in its header; put it back")
    if not file.is_as_written:
        lines.append(f"{path}: {NOT_AS_WRITTEN}")
    headers = file.headers()
    by_key = {trial["key"]: trial for trial in trials}
    for key, want in needed.items():
        if key not in headers:
            text = NO_NETWORK.format(minima=" and ".join(want.minima), units=want.trial["units"])
            lines.append(f"{key}: {text}")
    for key, about in headers.items():
        trial = by_key.get(key)
        if trial is None or (trial["family"], trial["outcome"]) != ("trained", "solved"):
            lines.append(f"{key}: {STRANGER}")
            continue
        minima = needed[key].minima if key in needed else []
        lines += [f"{key}: {fault}" for fault in faults_of(file, key, about, trial, minima)]
    named = {
        f"{key}/{name}"
        for key in headers
        if key in by_key
        for name, _ in shapes(facts(by_key[key], []))
    }
    lines += [f"{name}: an array of no network" for name in file.arrays if name not in named]
    return len(headers), lines
