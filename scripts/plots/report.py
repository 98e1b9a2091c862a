"""The tables of the page: minimum units, mean accuracies, verdicts."""

from __future__ import annotations

from html import escape
from math import floor

import minima
import sentences
from experiment import (
    Experiment,
    arms,
    bits,
    deepening_arms,
    is_measured,
    searching_arms,
    sparse_arms,
)
from tables import Row
from units import scientific


def minima_table(experiment: Experiment) -> str:
    """Arms against n: minimum units for half of the seeds (for any), or what a search reached."""
    summary = experiment.summary
    ns, searching, deepening = bits(summary), searching_arms(summary), deepening_arms(summary)
    plain = [row for row in summary if row["arm"] not in searching]
    sparse = sparse_arms(summary)
    lines, says = [], sentences.Report
    if plain:
        lines.append(
            _table(
                says.MINIMA,
                ns,
                [
                    (
                        _label(arm, depth, sparse),
                        {
                            row["n"]: _minimum(row)
                            for row in plain
                            if row["arm"] == arm and (depth is None or row["depth"] == depth)
                        },
                    )
                    for arm, depth in _lines(plain, deepening)
                ],
            )
        )
        lines.append(f'<p class="note">{says.DASH}</p>')
    for arm in searching:
        rows = [row for row in summary if row["arm"] == arm]
        held_out = any(row["mean_held_out_accuracy"] is not None for row in rows)
        judged = says.HELD_OUT if held_out else says.ALL_ROWS
        lines.append(
            _table(
                says.SEARCH.format(arm=arm, rows=judged),
                ns,
                [
                    (
                        f"depth {depth}",
                        {row["n"]: _accuracy(row) for row in rows if row["depth"] == depth},
                    )
                    for depth in sorted({row["depth"] for row in rows})
                ],
            )
        )
    return "\n".join(lines)


def verdicts(experiment: Experiment) -> str:
    """The claims, each with its verdict and the numbers it rests on."""
    if not experiment.claims:
        return ""
    rows = "".join(
        f'<tr><td class="{escape(row["verdict"])}">{escape(row["verdict"])}</td>'
        f"<td>{escape(row['claim'])}</td><td>{escape(row['expected'])}</td>"
        f"<td>{escape(row['found'])}</td></tr>"
        for row in experiment.claims
    )
    return (
        '<h3>verdicts</h3><div class="scroll"><table class="claims"><thead><tr><th>verdict</th>'
        f"<th>claim</th><th>expected</th><th>found</th></tr></thead><tbody>{rows}</tbody></table>"
        "</div>"
    )


def _lines(rows: list[Row], deepening: list[str]) -> list[tuple[str, int | None]]:
    """The arms, and those built in several depths once for each."""
    lines: list[tuple[str, int | None]] = []
    for arm in arms(rows):
        if arm in deepening:
            lines += [
                (arm, depth)
                for depth in sorted({row["depth"] for row in rows if row["arm"] == arm})
            ]
        else:
            lines.append((arm, None))
    return lines


def _label(arm: str, depth: int | None, sparse: dict[str, list[int]]) -> str:
    if arm in sparse:
        arm += f" ({sentences.of_k(sparse[arm])})"
    return arm if depth is None else f"{arm}, depth {depth}"


def _minimum(row: Row) -> str:
    fewest = row["minimum_units_any"]
    if not is_measured(row):
        return "–" if fewest is None else escape(scientific(fewest))
    text = minima.half_text(row)
    if fewest is not None and text != str(fewest):
        text += f" ({fewest})"
    return text


def _accuracy(row: Row) -> str:
    if row["mean_held_out_accuracy"] is None:
        text = _percent(row["mean_accuracy"])
    else:
        text = f"{_percent(row['mean_train_accuracy'])} / {_percent(row['mean_held_out_accuracy'])}"
    return f"<b>{text}</b>" if row["chosen"] == "yes" else text


def _percent(share: float | None) -> str:
    """Rounded down, so that 100 means all; a hair more, as 0.29 is stored as a little less."""
    return "–" if share is None else str(floor(100 * share + 1e-9))


def _table(title: str, ns: list[int], lines: list[tuple[str, dict[int, str]]]) -> str:
    head = "".join(f"<th>n = {n}</th>" for n in ns)
    body = "".join(
        f"<tr><th>{escape(label)}</th>"
        + "".join(f"<td>{cells.get(n, '')}</td>" for n in ns)
        + "</tr>"
        for label, cells in lines
    )
    return (
        f"<h3>{escape(title)}</h3>"
        f'<div class="scroll"><table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )
