"""SIGKILL before every single call that changes the disk, one after the other; needs ptrace."""

import itertools
import pathlib
import shutil

import tracer
from kills import debris
from report import Report
from workplace import FINISHED, SAME, Place, files

# By so many calls one run may differ from another: what is flushed by a timer depends on the time.
JITTER = 3


def crashes(place: Place, report: Report) -> None:
    """Goes through a small run, a run in shards and its merge, call by call."""
    report.title("SIGKILL before every call that changes the disk")
    small = "durable.json5 --bits 2 --seeds 1"
    output = place.fresh()
    end = place.run(f"run {small} --output {output}")
    expected = files(run_folder(output))
    if not report.check(len(expected) == len(SAME), "a small run leaves all files", end):
        return
    before = [f"run {small} --shard {index}/2" for index in (1, 2)]
    after = [f"merge {small}", f"run {small}"]
    try:
        walk(place, report, expected, "run", [f"run {small} --jobs 1"], 0)
        walk(place, report, expected, "merge", before + after, 2)
    except tracer.Unavailable as reason:
        report.skip("SIGKILL before every call", str(reason))


def walk(
    place: Place,
    report: Report,
    expected: dict[str, bytes],
    what: str,
    lines: list[str],
    victim: int,
) -> None:
    """Runs `lines`, the one at `victim` killed at one call after the other and then run again."""
    output, whole = traced(place, lines[: victim + 1], None)
    calls = len(whole.calls)
    # It must be the victim that writes the files, and not what is run again after a kill.
    if not report.check(
        whole.status in (0, FINISHED) and not faults(output, expected) and calls > 20,
        f"{what}: traced and not killed, it leaves all files by {calls} calls",
        f"exit {whole.status}, {calls} calls, {faults(output, expected)}",
    ):
        return
    step = 3 if place.is_quick else 1
    # Where threads write side by side, the call of a number is not the same one each time.
    wrong: list[str] = []
    killed = 0
    for call in itertools.count(1, step):
        output, end = traced(place, lines[: victim + 1], call)
        if end.status is None:
            killed += 1
            ends = [place.run(f"{line} --output {output}") for line in lines[victim:]]
            statuses = [end.status for end in ends]
            left = faults(output, expected)
            if left or statuses[-1] != FINISHED or {*statuses} - {0, FINISHED}:
                said = ends[-1].errors.strip()
                wrong.append(f"before call {call}, {end.calls[-1]}: {left} {statuses} {said}")
        elif end.status != whole.status:
            wrong.append(f"not killed before call {call}: exit {end.status}")
        shutil.rmtree(output)
        # One that made fewer calls than usual ends by itself before the walk is at its end.
        if end.status is not None and call > calls:
            break
    due = len(range(1, calls + 1, step))
    each = f"every {step}rd" if step > 1 else "each"
    report.check(
        not wrong and (due - killed) * step <= JITTER,
        f"{what}: killed {killed} times, before {each} of {calls} calls, it goes on and ends with"
        " the same bytes",
        f"{due} kills were due; {len(wrong)} went wrong: " + "; ".join(wrong[:5]),
    )


def traced(
    place: Place, lines: list[str], kill_at: int | None
) -> tuple[pathlib.Path, tracer.Traced]:
    """Runs `lines` in a fresh folder, the last one traced, and killed before a call."""
    output = place.fresh()
    for line in lines[:-1]:
        place.run(f"{line} --output {output}")
    words = place.words(f"{lines[-1]} --output {output}")
    return output, tracer.run(words, place.folder, kill_at)


def faults(output: pathlib.Path, expected: dict[str, bytes]) -> str:
    """Which files of the one run in `output` are not as expected, and what is left over."""
    folder = run_folder(output)
    found = files(folder)
    names = [name for name in SAME if found.get(name) != expected[name]]
    return ", ".join(filter(None, [*names, debris(folder)]))


def run_folder(output: pathlib.Path) -> pathlib.Path:
    """The folder of the one run in `output`; its name tells of the overrides."""
    return next(output.iterdir(), output)
