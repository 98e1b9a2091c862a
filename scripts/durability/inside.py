"""Stops inside a trial: SIGKILL at random moments, signals, time budgets, damaged checkpoints."""

import pathlib
import random
import re
import signal
import subprocess
import time

import experiments
from report import Report
from workplace import Ended, Place, ended, files

# What a busy machine may take beyond the interval until a checkpoint is on disk.
MARGIN = 0.5

# Where the kinds of the experiment run one after another: every kind is hit.
LINE = "run inside.json5 --jobs 1"


class Work:
    """An experiment of long trials, and the bytes that an uninterrupted run of it leaves."""

    def __init__(self, place: Place, interval: float, text: str) -> None:
        self.place, self.interval = place, interval
        self.environment = {"DEPTHWIDTH_CHECKPOINT_SECONDS": str(interval)}
        (place.folder / "inside.json5").write_text(text)
        output = place.fresh()
        start = time.monotonic()
        end = place.run(f"{LINE} --output {output}", {"DEPTHWIDTH_CHECKPOINT_SECONDS": "3600"})
        self.seconds = time.monotonic() - start
        if end.status != 0:
            raise SystemExit(f"error: the uninterrupted run failed: {end}")
        self.expected = files(output / "inside")

    def start(self, output: pathlib.Path, words: str = "") -> subprocess.Popen[str]:
        """Starts the run in a folder, or goes on with it."""
        return self.place.start(f"{LINE} --output {output} {words}", self.environment)

    def run(self, output: pathlib.Path, words: str = "") -> Ended:
        """The same to its end."""
        return ended(self.start(output, words))

    def differences(self, output: pathlib.Path) -> str:
        """What is not as an uninterrupted run leaves it; empty if all is."""
        found = files(output / "inside")
        wrong = [name for name, text in self.expected.items() if found.get(name) != text]
        wrong += [str(path) for path in output.rglob("*.new")]
        wrong += [str(path) for path in output.rglob("checkpoints")]
        return ", ".join(wrong)


def inside(place: Place, report: Report, seed: int, count: int, interval: float) -> None:
    """All of it, with so many kills and so many seconds between two checkpoints."""
    report.title(f"{count} SIGKILLs inside a trial, a checkpoint every {interval:g} s, seed {seed}")
    # Trials so long that an interval is a small part of one.
    scale = (0.5 if place.is_quick else 1) * max(1, interval * 4)
    work = Work(place, interval, experiments.inside(scale))
    kills(work, report, random.Random(seed), count)
    budgets(work, report)
    # One that cannot finish in the time that a stop gives it.
    work = Work(place, interval, experiments.inside(max(3, scale), ["deep"]))
    stopped(work, report)
    damaged(work, report)


def checkpoints(output: pathlib.Path) -> list[pathlib.Path]:
    """The checkpoints in the folder of a run."""
    return sorted((output / "inside" / "checkpoints").glob("*.checkpoint"))


def saved(output: pathlib.Path, since: float) -> float:
    """When work was last brought to disk, in seconds since 1970, or `since` if not before."""
    times = [since]
    for path in [output / "inside" / "trials.csv", *checkpoints(output)]:
        try:
            times.append(path.stat().st_mtime)
        except FileNotFoundError:
            continue
    return max(times)


def kills(work: Work, report: Report, random_source: random.Random, count: int) -> None:
    """Kills runs again and again; fresh ones follow on complete ones."""
    killed = in_run = completed = resumed = 0
    worst = 0.0
    differing: list[str] = []
    output = work.place.fresh()
    while True:
        began = time.time()
        process = work.start(output)
        # Less than an interval in a third of the cases: such sessions come to nothing.
        moment = random_source.uniform(0, 3 * work.interval)
        is_victim = killed < count
        if is_victim:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                now = time.time()
                process.kill()
                worst = max(worst, now - saved(output, began))
        end = ended(process, 60 + 20 * work.seconds)
        resumed += "from its checkpoint" in end.errors
        if end.status == -signal.SIGKILL:
            killed, in_run = killed + 1, in_run + 1
            continue
        if end.status != 0:
            report.check(False, f"after kill {killed} the same command goes on", end)
            return
        completed += 1
        differing += filter(None, [work.differences(output)])
        if killed >= count:
            break
        output, in_run = work.place.fresh(), 0
    report.check(killed == count, f"{killed} kills, {resumed} sessions went on inside a trial")
    report.check(resumed > count / 4, "a good part of them did", resumed)
    report.check(
        not differing,
        f"{completed} runs that were killed have the bytes of the one that was not",
        differing,
    )
    report.check(
        worst <= work.interval + MARGIN,
        f"at most {worst:.2f} s of work were lost at a kill",
        f"more than {work.interval} s and {MARGIN} s for the machine",
    )


def until_checkpoint(process: subprocess.Popen[str], output: pathlib.Path, limit: float) -> None:
    """Waits until a trial has left a checkpoint, but not for ever."""
    patience = time.monotonic() + limit
    while process.poll() is None and not checkpoints(output) and time.monotonic() < patience:
        time.sleep(0.01)


def stopped(work: Work, report: Report) -> None:
    """A signal leaves a checkpoint of that moment, and status tells where it is."""
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 75)):
        output = work.place.fresh()
        process = work.start(output)
        until_checkpoint(process, output, 10 + 2 * work.interval)
        sent = time.time()
        process.send_signal(number)
        end = ended(process)
        found = checkpoints(output)
        is_kept = bool(found) and found[0].stat().st_mtime >= sent - 0.01
        report.check(
            end.status == status and is_kept and "the checkpoint of 1 on its way" in end.errors,
            f"{number.name} inside a trial ends with {status} and leaves a checkpoint",
            f"{end}, {found}",
        )
        shown = work.place.run(f"status inside.json5 --output {output}").output
        report.check(
            re.search(r"^deep/\S+ +\d+/\d+ +\d+ +20\S+Z$", shown, re.MULTILINE) is not None,
            f"{number.name}: status says how far the trial is",
            shown,
        )
        end = work.run(output)
        wrong = work.differences(output)
        report.check(
            end.status == 0 and "goes on from its checkpoint" in end.errors and not wrong,
            f"{number.name}: the same command goes on inside it, to the same bytes",
            f"{end}, differing: {wrong}",
        )


def damaged(work: Work, report: Report) -> None:
    """A checkpoint that is cut or has another byte is set aside, and its trial begins anew."""
    for what, damage in (
        ("cut", lambda data: data[: len(data) * 2 // 3]),
        ("changed in a byte", lambda data: data[:-9] + bytes([data[-9] ^ 4]) + data[-8:]),
        ("empty", lambda _: b""),
    ):
        output = work.place.fresh()
        process = work.start(output)
        until_checkpoint(process, output, 10 + 2 * work.interval)
        process.send_signal(signal.SIGTERM)
        ended(process)
        found = checkpoints(output)
        if not report.check(bool(found), "a run leaves a checkpoint"):
            continue
        found[0].write_bytes(damage(found[0].read_bytes()))
        end = work.run(output)
        said = [line for line in end.errors.splitlines() if "is set aside" in line]
        aside = sorted((output / "inside" / "checkpoints").glob("*.set-aside-1"))
        found_files = files(output / "inside")
        report.check(
            end.status == 0 and len(said) == 1 and len(aside) == 1 and found_files == work.expected,
            f"a checkpoint that is {what}: set aside, a sentence, the same bytes in the end",
            f"{end}, {aside}",
        )


def budgets(work: Work, report: Report) -> None:
    """A time budget of a quarter of the work: progress in every call, and an end."""
    budget = max(1, round(work.seconds / 4))
    output = work.place.fresh()
    statuses: list[int] = []
    start = time.monotonic()
    while len(statuses) < 40 and (not statuses or statuses[-1] == 75):
        statuses.append(work.run(output, f"--time-budget {budget}s").status)
    seconds = time.monotonic() - start
    wrong = work.differences(output)
    # A call gives nine tenths of its time to the work, and what the machine takes from it.
    most = 2 + seconds / (0.9 * budget)
    report.check(
        statuses[-1] == 0 and not wrong and len(statuses) <= most,
        f"{len(statuses)} commands of {budget} s do {work.seconds:.1f} s of work, the same bytes",
        f"{statuses}, differing: {wrong}",
    )
