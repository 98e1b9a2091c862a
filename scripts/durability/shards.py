"""Shards, workers, locales and time zones: the same bytes, and a way through every mistake."""

import itertools
import pathlib
import random
import shutil
import subprocess

from report import Report
from workplace import FINISHED, Ended, Place, ended, is_clear

ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns")


def shards(place: Place, report: Report, seed: int) -> None:
    """The matrix, then what can go wrong on the way."""
    matrix(place, report, random.Random(seed))
    missing(place, report)
    partial(place, report)
    refusals(place, report)
    together(place, report)


def comma_locale(place: Place) -> dict[str, str]:
    """An environment in which C writes 1,5, made if it is not installed; empty if it cannot be."""
    made = place.folder / "locales"
    made.mkdir(exist_ok=True)
    if shutil.which("localedef"):
        subprocess.run(
            ["localedef", "-i", "de_DE", "-f", "UTF-8", made / "de_DE.UTF-8"],
            check=False,
            capture_output=True,
        )
    for environment in (
        {"LC_ALL": "de_DE.UTF-8"},
        {"LC_ALL": "de_DE.UTF-8", "LOCPATH": str(made)},
        {"LC_ALL": "fr_FR.UTF-8"},
    ):
        printed = subprocess.run(
            ["/usr/bin/printf", "%.1f", "0"],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if printed.stdout == "0,0":
            return environment
    return {}


def matrix(place: Place, report: Report, random_source: random.Random) -> None:
    """Every number of shards with every number of jobs in every locale."""
    report.title("shards x jobs x locale, time zones in turn")
    locales = {"LC_ALL=C": {"LC_ALL": "C"}}
    if comma := comma_locale(place):
        locales[f"LC_ALL={comma['LC_ALL']}"] = comma
    else:
        report.skip("a locale with a decimal comma", "none is installed and localedef makes none")
    counts, jobs_of_cases = (0, 1, 2, 3, 7), (1, 2, 8)
    cases = list(itertools.product(counts, jobs_of_cases, locales))
    if place.is_quick:
        # Each number of shards once, the others in turn.
        cases = list(zip(counts, itertools.cycle((8, 1, 2)), itertools.cycle(reversed(locales))))
    for (count, jobs, locale), zone in zip(cases, itertools.cycle(ZONES)):
        environment = {**locales[locale], "TZ": zone}
        wrong = one_case(place, count, jobs, environment, random_source)
        cut = f"shards of {count}" if count else "one piece"
        report.check(not wrong, f"{cut}, --jobs {jobs}, {locale}, TZ={zone}: the same bytes", wrong)


def one_case(
    place: Place, count: int, jobs: int, environment: dict[str, str], random_source: random.Random
) -> str:
    """Runs all shards in a random order, merges twice; what is wrong with the result."""
    output = place.fresh()
    folder = output / "durable"
    flags = f"durable.json5 --output {output}"
    if not count:
        end = place.run(f"run {flags} --jobs {jobs}", environment)
        return place.differences(folder) if end.status == FINISHED else str(end)
    indices = list(range(1, count + 1))
    random_source.shuffle(indices)
    for index in indices:
        end = place.run(f"run {flags} --jobs {jobs} --shard {index}/{count}", environment)
        if end.status != 0:
            return f"shard {index}: {end}"
    wrong = ""
    for verb, status in (
        ("status", 0),
        ("merge", 0),
        ("merge", 0),
        ("status", 0),
        ("run", FINISHED),
    ):
        end = place.run(f"{verb} {flags}", environment)
        wrong += "" if end.status == status else f"{verb}: {end}; "
        wrong += "" if verb == "status" else place.differences(folder)
    shutil.rmtree(output)
    return wrong


def missing(place: Place, report: Report) -> None:
    """Shards that were not run are told, in the words that a scheduler takes."""
    report.title("shards that are missing")
    output = place.fresh()
    flags = f"durable.json5 --output {output}"
    place.run(f"run {flags} --shard 2/7")
    place.run(f"run {flags} --shard 4/7")
    expect(place, report, f"status {flags}", 3, "missing trials: status ends with 3")
    end = place.run(f"status {flags} --missing-as-array")
    report.check(
        end.output == "1,3,5-7\n" and end.status == 3, "--missing-as-array prints 1,3,5-7", end
    )
    end = expect(place, report, f"merge {flags}", 3, "merge of some shards ends with 3")
    report.check(is_clear(end.errors, "1,3,5-7"), "merge: it says which are missing", end)
    left = sorted(path.name for path in (output / "durable").iterdir())
    expected = [".lock", "shard-2-of-7", "shard-4-of-7"]
    report.check(left == expected, "merge: nothing is written", left)
    for part in place.run(f"status {flags} --missing-as-array").output.strip().split(","):
        first, _, last = part.partition("-")
        for index in range(int(first), int(last or first) + 1):
            place.run(f"run {flags} --shard {index}/7")
    end = place.run(f"status {flags} --missing-as-array")
    report.check(
        end.output == "\n" and end.status == 0, "the array resubmitted: nothing is missing", end
    )
    expect(place, report, f"merge {flags}", 0, "the array resubmitted: merge ends with 0")
    wrong = place.differences(output / "durable")
    report.check(not wrong, "the array resubmitted: the same bytes", wrong)


def partial(place: Place, report: Report) -> None:
    """What is done can be merged, and a run in one piece goes on with the others."""
    output = place.fresh()
    flags = f"durable.json5 --output {output}"
    place.run(f"run {flags} --shard 1/3")
    expect(place, report, f"merge {flags} --allow-partial", 0, "merge --allow-partial ends with 0")
    end = expect(place, report, f"run {flags}", FINISHED, "then run goes on to the end")
    report.check("are already in" in end.errors, "it says how many were there", end)
    wrong = place.differences(output / "durable")
    report.check(not wrong, "part of the shards merged, the rest run: the same bytes", wrong)


def refusals(place: Place, report: Report) -> None:
    """What would run trials twice is refused, and the folder is left as it was."""
    output = place.fresh()
    flags = f"durable.json5 --output {output}"
    place.run(f"run {flags} --shard 1/3")
    before = snapshot(output)
    for words, status in (
        (f"run {flags} --shard 1/2", 65),
        (f"run {flags}", 65),
        (f"run {flags} --fresh", 65),
        (f"run {flags} --shard 4/3", 64),
        (f"run {flags} --shard 0/3", 64),
        (f"run {flags} --shard 1", 64),
    ):
        end = place.run(words)
        what = words.replace(str(output), "DIR")
        report.check(
            end.status == status and is_clear(end.errors, "shard"),
            f"{what} beside shards of 3 is refused with {status}",
            end,
        )
    report.check(snapshot(output) == before, "what is refused changes nothing")


def together(place: Place, report: Report) -> None:
    """Shards that start at the same moment do not disturb one another."""
    output = place.fresh()
    flags = f"durable.json5 --output {output}"
    processes = [place.start(f"run {flags} --jobs 1 --shard {index}/3") for index in (1, 2, 3)]
    statuses = [ended(process).status for process in processes]
    report.check(statuses == [0, 0, 0], "three shards at the same time end with 0", statuses)
    place.run(f"merge {flags}")
    wrong = place.differences(output / "durable")
    report.check(not wrong, "three shards at the same time: the same bytes", wrong)


def expect(place: Place, report: Report, line: str, status: int, what: str) -> Ended:
    """Runs a command whose exit code is known."""
    end = place.run(line)
    report.check(end.status == status, what, end)
    return end


def snapshot(folder: pathlib.Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
