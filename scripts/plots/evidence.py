"""How far exact arms are known to be right, in words."""

from __future__ import annotations

from experiment import arms
from sentences import Units as Says
from tables import Row


def of(rows: list[Row]) -> str:
    """Up to which n most arms are right on every row, and which arms only up to a smaller one."""
    own = {arm: [row for row in rows if row["arm"] == arm] for arm in arms(rows)}
    checked = {arm: _checked(rows) for arm, rows in own.items()}
    most = max(checked.values())
    if not most:
        return Says.NO_ROWS
    # An arm that ends early and is checked to its end is no exception.
    behind = {
        arm: n for arm, n in checked.items() if n < most and n < max(row["n"] for row in own[arm])
    }
    is_all = all(
        n == max(row["n"] for row in own[arm]) or arm in behind for arm, n in checked.items()
    )
    said = Says.ALL_ROWS if is_all else Says.ROWS_UP_TO.format(n=most)
    exceptions = []
    for limit in sorted(set(behind.values()), reverse=True):
        names = ", ".join(arm for arm, n in behind.items() if n == limit)
        says = Says.EXCEPTION if limit else Says.NEVER
        exceptions.append(says.format(arms=names, n=limit))
    return f"{said} ({'; '.join(exceptions)})" if exceptions else said


def _checked(rows: list[Row]) -> int:
    """The largest n up to which all rows are verified; 0 where there is none."""
    open_ns = [row["n"] for row in rows if row["evidence"] != "verified"]
    return max((row["n"] for row in rows if not open_ns or row["n"] < min(open_ns)), default=0)
