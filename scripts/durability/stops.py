"""Signals and the time budget: the run says what is saved and how to go on, and can go on."""

import pathlib
import re
import signal
import subprocess
import time

from report import Report
from workplace import FINISHED, Ended, Place, ended, rows

SENTENCE = re.compile(
    r": (\d+) of (\d+) trials are saved in (\S+?)"
    r"(?:, and the checkpoints? of \d+ on (?:its|their) way)?"
    r"; the same command goes on with the others$"
)

# What a run may take to write down its end, beyond the moment that trials in flight are given.
MARGIN = 0.5
GRACE = 2.0


def stops(place: Place, report: Report) -> None:
    """Every way to stop a run from outside, and what follows."""
    report.title("signals and the time budget")
    for number, status, beginning in (
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 75, "stopped by SIGTERM"),
        (signal.SIGUSR1, 75, "stopped by SIGUSR1"),
    ):
        stopped_by(place, report, number, status, beginning)
    impatient(place, report)
    time_budget(place, report)
    if not place.is_quick:
        many_budgets(place, report)


def is_said(end: Ended, beginning: str, folder: pathlib.Path) -> str:
    """What is wrong with the last words of a run that was stopped; nothing if they are right."""
    last = (end.errors.splitlines() or [""])[-1]
    match = SENTENCE.search(last)
    if not last.startswith(beginning) or not match:
        return f"stderr ends with {last!r}"
    saved = len(rows(folder / "trials.csv"))
    if int(match[1]) != saved or match[3] != str(folder):
        return f"{saved} rows are in {folder}, but stderr says {last!r}"
    return ""


def wait_for_rows(process: subprocess.Popen[str], trials: pathlib.Path, count: int) -> None:
    """Waits until so many trials are on disk, but not for ever."""
    patience = time.monotonic() + 20
    while process.poll() is None and len(rows(trials)) < count and time.monotonic() < patience:
        time.sleep(0.01)


def stopped_by(
    place: Place, report: Report, number: signal.Signals, status: int, beginning: str
) -> None:
    """A run that a signal stops, and the one that goes on."""
    output = place.fresh()
    folder, line = output / "durable", f"run durable.json5 --output {output} --jobs 2"
    process = place.start(line)
    wait_for_rows(process, folder / "trials.csv", 30)
    process.send_signal(number)
    end = ended(process)
    report.check(end.status == status, f"{number.name} ends with {status}", end)
    wrong = is_said(end, beginning, folder)
    report.check(not wrong, f"{number.name}: it says how many are saved and how to go on", wrong)
    saved = len(rows(folder / "trials.csv"))
    end = place.run(line)
    right = end.status == FINISHED and f"\n{saved} of " in f"\n{end.errors}"
    report.check(right, f"{number.name}: the same command goes on after {saved} trials", end)
    wrong = place.differences(folder)
    report.check(not wrong, f"{number.name}: the same bytes in the end", wrong)


def impatient(place: Place, report: Report) -> None:
    """Trials that take for ever are dropped after a moment, at a second Ctrl-C at once."""
    for presses, limit in ((1, GRACE + MARGIN), (2, MARGIN)):
        output = place.fresh()
        folder = output / "endless"
        process = place.start(f"run endless.json5 --output {output} --jobs 2")
        wait_for_rows(process, folder / "trials.csv", 1)
        start = time.monotonic()
        for _ in range(presses):
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        end = ended(process, 20)
        seconds = time.monotonic() - start
        what = f"{presses} x SIGINT with endless trials in flight"
        report.check(
            end.status == 130 and seconds <= limit,
            f"{what} ends with 130 after {seconds:.2f} s",
            f"{end}, more than {limit} s",
        )
        wrong = is_said(end, "interrupted", folder)
        report.check(not wrong, f"{what}: it says that one is saved", wrong)


def time_budget(place: Place, report: Report) -> None:
    """A run ends by itself in time, whatever is in flight."""
    for name, folder, flags in (
        ("short", "durable+seeds=1...60", "durable.json5 --seeds 60 --jobs 1"),
        ("endless", "endless", "endless.json5 --jobs 2"),
    ):
        output = place.fresh()
        start = time.monotonic()
        end = place.run(f"run {flags} --output {output} --time-budget 1s")
        seconds = time.monotonic() - start
        what = f"--time-budget 1s, {name} trials"
        report.check(
            end.status == 75 and seconds <= 1 + MARGIN, f"{what}: 75 after {seconds:.2f} s", end
        )
        wrong = is_said(end, "stopped after the time budget of 1s", output / folder)
        report.check(not wrong, f"{what}: it says how many are saved", wrong)


def many_budgets(place: Place, report: Report) -> None:
    """A scheduler that gives a second at a time comes to the end."""
    output = place.fresh()
    statuses: list[int] = []
    while len(statuses) < 60 and (not statuses or statuses[-1] == 75):
        line = f"run durable.json5 --output {output} --jobs 1 --time-budget 1s"
        statuses.append(place.run(line).status)
    wrong = place.differences(output / "durable")
    report.check(
        statuses[-1] == FINISHED and not wrong,
        f"{len(statuses)} commands of one second each end with the same bytes",
        f"{statuses}, differing: {wrong}",
    )
