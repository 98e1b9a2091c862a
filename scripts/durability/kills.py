"""SIGKILL at random moments: nothing that could be seen on disk is lost, nothing stands twice."""

import itertools
import pathlib
import random
import signal
import subprocess
import time

from report import Report
from workplace import FINISHED, Place, ended, rows


class Run:
    """One run, whole or in shards, that is killed again and again until it is complete."""

    def __init__(self, place: Place, shards: int) -> None:
        self.place, self.shards = place, shards
        self.output = place.fresh()
        self.folder = self.output / "durable"
        self.seen: dict[pathlib.Path, dict[str, str]] = {}
        self.left = list(range(1, shards + 1)) if shards > 1 else [0]

    @property
    def current(self) -> pathlib.Path:
        """The trials.csv that is being written."""
        part = f"shard-{self.left[0]}-of-{self.shards}" if self.shards > 1 else ""
        return self.folder / part / "trials.csv"

    def line(self, jobs: int) -> str:
        """The command that goes on."""
        shard = f" --shard {self.left[0]}/{self.shards}" if self.shards > 1 else ""
        return f"run durable.json5 --output {self.output} --jobs {jobs}{shard}"

    def look(self) -> tuple[int, int]:
        """Rows lost since an earlier look, and rows there now; duplicates raise an error."""
        lost = 0
        for trials in {*self.seen, self.current}:
            now = rows(trials)
            before = self.seen.get(trials, {})
            lost += sum(now.get(key) != line for key, line in before.items())
            self.seen[trials] = {**before, **now}
        return lost, len(self.seen[self.current])


def kills(place: Place, report: Report, seed: int, count: int) -> None:
    """Kills runs at `count` random moments; fresh runs follow on complete ones."""
    report.title(f"SIGKILL at {count} random moments, seed {seed}")
    random_source = random.Random(seed)
    place.expected()
    cuts = itertools.cycle([1, 2, 1, 3])
    killed = lost = acknowledged = completed = in_shards = in_run = 0
    differing: list[str] = []
    run = Run(place, next(cuts))
    while killed < count or run.left:
        if not run.left:
            run, in_run = Run(place, next(cuts)), 0
        process = place.start(run.line(random_source.choice([1, 2, 4])))
        # A run that is killed for ever tells nothing of its end, so each has its share.
        is_victim = killed < count and in_run < max(4, count // 8)
        try:
            if is_victim:
                wait_and_watch(run, process, random_source)
                process.kill()
            end = ended(process)
            now_lost, there = run.look()
        except ValueError as error:
            process.kill()
            report.check(False, "every key stands once", error)
            return
        lost += now_lost
        if end.status == -signal.SIGKILL:
            killed, in_run = killed + 1, in_run + 1
            in_shards += run.shards > 1
            acknowledged += there
            continue
        if end.status != (FINISHED if run.shards == 1 else 0):
            report.check(False, f"after kill {killed} the same command goes on", end)
            return
        run.left.pop(0)
        if run.left:
            continue
        if run.shards > 1:
            place.run(f"merge durable.json5 --output {run.output}")
            place.run(f"run durable.json5 --output {run.output}")
        completed += 1
        differing += filter(None, [place.differences(run.folder), debris(run.folder)])
    report.check(killed == count, f"{killed} kills, {in_shards} of them of a shard")
    report.check(lost == 0, f"0 rows lost of {acknowledged} that were there at a kill", lost)
    report.check(True, "0 rows twice")
    report.check(
        not differing,
        f"{completed} runs that were killed have the bytes of the one that was not",
        differing,
    )


def wait_and_watch(run: Run, process: subprocess.Popen[str], random_source: random.Random) -> None:
    """Waits a random time and reads the records meanwhile, as any reader could."""
    # A third of the kills fall where a run opens its folder, which takes some milliseconds.
    moment = time.monotonic() + (
        random_source.uniform(0, 0.04)
        if random_source.random() < 1 / 3
        else random_source.uniform(0, 0.6)
    )
    while (left := moment - time.monotonic()) > 0 and process.poll() is None:
        time.sleep(min(left, 0.05))
        run.seen[run.current] = {**run.seen.get(run.current, {}), **rows(run.current)}


def debris(folder: pathlib.Path) -> str:
    """Files that a kill left half written and no later command took away."""
    return ", ".join(str(path) for path in folder.rglob("*.new"))
