"""SIGKILL before every single call that changes the disk, one after the other; needs strace."""
import itertools
import pathlib
import shutil
import subprocess

from kills import debris
from report import Report
from workplace import FINISHED, PATIENCE, SAME, Place, files

# The calls by which a run changes what others find on disk.
CALLS = "write,pwrite64,rename,renameat,renameat2,ftruncate,unlink,unlinkat,mkdir,mkdirat,fsync,openat"


def crashes(place: Place, report: Report) -> None:
    """Goes through a small run, a run in shards and its merge, call by call."""
    report.title("SIGKILL before every call that changes the disk")
    if not (strace := shutil.which("strace")):
        report.skip("SIGKILL before every call", "there is no strace here")
        return
    small = "durable.json5 --bits 2 --seeds 1"
    output = place.fresh()
    end = place.run(f"run {small} --output {output}")
    expected = files(run_folder(output))
    if not report.check(len(expected) == len(SAME), "a small run leaves all files", end):
        return
    step = 3 if place.is_quick else 1
    walk(place, report, strace, step, expected, "run", [f"run {small} --jobs 1"], 0)
    before = [f"run {small} --shard {index}/2" for index in (1, 2)]
    after = [f"merge {small}", f"run {small}"]
    walk(place, report, strace, step, expected, "merge", before + after, 2)


def walk(
    place: Place, report: Report, strace: str, step: int, expected: dict[str, bytes], what: str,
    lines: list[str], victim: int,
) -> None:
    """Runs `lines`, the one at `victim` killed at one call after the other and then run again."""
    wrong: list[str] = []
    killed = 0
    for call in itertools.count(1, step):
        output = place.fresh()
        for line in lines[:victim]:
            place.run(f"{line} --output {output}")
        words = place.words(f"{lines[victim]} --output {output}")
        inject = [strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}",
                  "-e", f"inject={CALLS}:signal=SIGKILL:when={call}"]
        traced = subprocess.run(
            [*inject, *words], cwd=place.folder, capture_output=True, timeout=PATIENCE,
            stdin=subprocess.DEVNULL)
        if traced.returncode in (0, FINISHED):
            break
        killed += 1
        for line in lines[victim:]:
            end = place.run(f"{line} --output {output}")
        folder = run_folder(output)
        found = files(folder)
        if end.status != FINISHED or found != expected or debris(folder):
            names = [name for name in SAME if found.get(name) != expected[name]]
            wrong.append(f"call {call}: {names} {debris(folder)} {end.errors.strip()}")
        shutil.rmtree(output)
    report.check(
        not wrong and killed > 20,
        f"{what}: killed before each of {killed} calls, it goes on and ends with the same bytes",
        f"{killed} kills; " + "; ".join(wrong[:5]))


def run_folder(output: pathlib.Path) -> pathlib.Path:
    """The folder of the one run in `output`; its name tells of the overrides."""
    return next(output.iterdir(), output)
