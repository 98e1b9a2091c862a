"""Full disks, lost folders, closed streams, foreign files: a clear word, and no record lost."""

import os
import pathlib
import shutil
import signal
import subprocess
import time

import obstacles
from report import Report
from shards import snapshot
from stops import wait_for_rows
from workplace import FINISHED, Ended, Place, ended, is_clear, rows

# The files that a run appends to.
CSVS = ("trials.csv", "certificates.csv", "curves.csv", "timings.csv")

SENTENCE = "one clear sentence that names the file"


def hostile(place: Place, report: Report) -> None:
    """Every condition in turn."""
    partial = half_done(place)
    full_disk(place, report)
    file_limit(place, report)
    read_only(place, report, partial)
    removed(place, report)
    closed_streams(place, report, partial)
    foreign(place, report, partial)
    second_run(place, report)


def half_done(place: Place) -> pathlib.Path:
    """The folder of a run that was stopped on its way."""
    output = place.fresh()
    process = place.start(f"run durable.json5 --output {output} --jobs 2")
    wait_for_rows(process, output / "durable" / "trials.csv", 150)
    process.send_signal(signal.SIGTERM)
    ended(process)
    return output / "durable"


def copy(place: Place, partial: pathlib.Path) -> pathlib.Path:
    """The same stopped run once more; its output folder."""
    output = place.fresh()
    shutil.copytree(partial, output / "durable")
    return output


def refused(report: Report, what: str, end: Ended, status: int, name: str) -> None:
    """Notes whether a command ended as it should when obstructed."""
    right = end.status == status and is_clear(end.errors, name)
    report.check(right, f"{what}: ends with {status} and {SENTENCE}", end)


def goes_on(place: Place, report: Report, what: str, output: pathlib.Path) -> None:
    """Notes whether the same command ends with the same bytes once nothing is in its way."""
    end = place.run(f"run durable.json5 --output {output}")
    wrong = place.differences(output / "durable") if end.status == FINISHED else str(end)
    report.check(not wrong, f"{what}: afterwards the same command ends with the same bytes", wrong)


def all_kept(report: Report, what: str, before: dict[str, str], trials: pathlib.Path) -> None:
    """Notes whether the rows that were there still are."""
    now = rows(trials)
    lost = [key for key, line in before.items() if now.get(key) != line]
    report.check(not lost, f"{what}: the {len(before)} rows recorded before are there", lost[:3])


def full_disk(place: Place, report: Report) -> None:
    """A disk that is full at the start, in the middle, and when the files are put in order."""
    report.title("disk full")
    for kilobytes in (4, 40, 100, 200):
        disk = place.folder / f"disk{kilobytes}"
        what = f"a disk of {kilobytes} KiB"
        with obstacles.small_disk(disk, kilobytes * 1024) as why:
            if why:
                report.skip(what, why)
                continue
            trials = disk / "durable" / "trials.csv"
            refused(report, what, place.run(f"run durable.json5 --output {disk}"), 73, "durable")
            before = rows(trials)
            refused(
                report,
                f"{what}, once more",
                place.run(f"run durable.json5 --output {disk}"),
                73,
                "durable",
            )
            all_kept(report, what, before, trials)
            obstacles.grow(disk)
            goes_on(place, report, what, disk)


def file_limit(place: Place, report: Report) -> None:
    """A limit of the system on the size of files."""
    for size in (0, 3000, 50_000, 80_000):
        output = place.fresh()
        what = f"RLIMIT_FSIZE of {size} bytes"
        before = obstacles.limited_files(size)
        end = place.run(f"run durable.json5 --output {output}", before=before)
        refused(report, what, end, 73, "durable")
        goes_on(place, report, what, output)


def read_only(place: Place, report: Report, partial: pathlib.Path) -> None:
    """Folders and files that cannot be written."""
    report.title("read-only")
    for state, output in (("new", place.fresh()), ("half done", copy(place, partial))):
        what = f"a read-only folder, {state}"
        saved = snapshot(output)
        with obstacles.read_only(output) as why:
            if why:
                report.skip(what, why)
                continue
            end = place.run(f"run durable.json5 --output {output}")
            refused(report, what, end, 73, "durable")
        report.check(snapshot(output) == saved, f"{what}: nothing is changed")
        goes_on(place, report, what, output)
    if not obstacles.is_root():
        report.skip("files of another user", "only root can become another user")
        return
    for mode, name, status in (
        (0o444, "trials.csv", 73),
        (0o000, "trials.csv", 65),
        (0o444, "timings.csv", 0),
        (0o000, "certificates.csv", 65),
        (0o000, "curves.csv", 65),
        (0o000, "networks.csv", 65),
        (0o000, "provenance.json", 65),
    ):
        output = copy(place, partial)
        hand_over(output)
        path = output / "durable" / name
        path.chmod(mode)
        what = f"{name} with mode {mode:03o}"
        before = rows(output / "durable" / "trials.csv")
        end = place.run(f"run durable.json5 --output {output}", before=obstacles.become_nobody)
        if status:
            refused(report, what, end, status, name)
            all_kept(report, what, before, output / "durable" / "trials.csv")
        path.chmod(0o644)
        goes_on(place, report, what, output)
    output = copy(place, partial)
    saved = snapshot(output)
    end = place.run(f"run durable.json5 --output {output}", before=obstacles.become_nobody)
    refused(report, "the folder of another user", end, 73, "durable")
    report.check(snapshot(output) == saved, "the folder of another user: nothing is changed")


def hand_over(folder: pathlib.Path) -> None:
    """Gives a folder and all below it to the user nobody."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, obstacles.NOBODY, obstacles.NOBODY)


def removed(place: Place, report: Report) -> None:
    """The folder, or a file in it, goes away while the run writes."""
    report.title("removed during the run")
    for name in ("", "trials.csv", "timings.csv"):
        output = place.fresh()
        # Long enough that it cannot be at its end by chance.
        process = place.start(f"run durable.json5 --output {output} --seeds 200 --jobs 2")
        folder = output / "durable+seeds=1...200"
        wait_for_rows(process, folder / "trials.csv", 100)
        start = time.monotonic()
        if name:
            (folder / name).unlink()
        else:
            # The run may write a file while its folder is being emptied.
            while folder.exists():
                shutil.rmtree(folder, ignore_errors=True)
        end = ended(process, 60)
        passed = time.monotonic() - start
        what = f"{name or 'the folder'} removed during the run"
        refused(report, what, end, 73, name or "durable")
        report.check(passed < 3, f"{what}: it ends after {passed:.2f} s")


def closed_streams(place: Place, report: Report, partial: pathlib.Path) -> None:
    """Nobody reads what is printed, or there is nowhere to print."""
    report.title("closed streams")
    output = copy(place, partial)
    line = f'"$0" run durable.json5 --output {output} | head -1; exit ${{PIPESTATUS[0]}}'
    piped = subprocess.run(
        ["bash", "-c", line, place.program],
        cwd=place.folder,
        check=False,
        capture_output=True,
        text=True,
    )
    wrong = place.differences(output / "durable")
    # All of it may be in the pipe before head goes.
    right = piped.returncode in (FINISHED, 141) and piped.stdout.count("\n") == 1 and not wrong
    report.check(right, "| head -1: one line, and the files are complete", f"{piped} {wrong}")
    for what, redirection, status in (
        ("a pipe that nobody reads", "> >(exec <&-)", 141),
        ("/dev/full", ">/dev/full", 73),
        ("stdout closed", ">&-", 73),
        ("stderr closed", "2>&-", FINISHED),
        ("stdin closed", "<&-", FINISHED),
        ("all streams closed", "<&- >&- 2>&-", 73),
    ):
        output = copy(place, partial)
        line = f'"$0" run durable.json5 --output {output} {redirection}'
        done = subprocess.run(
            ["bash", "-c", f"{line}; exit $?", place.program],
            cwd=place.folder,
            check=False,
            capture_output=True,
            text=True,
        )
        end = Ended(done.returncode, done.stdout, done.stderr)
        if status == 73 and "2>&-" not in redirection:
            refused(report, what, end, 73, "stdout")
        else:
            report.check(end.status == status, f"{what}: ends with {status}", end)
        wrong = place.differences(output / "durable") or strangers(output / "durable")
        report.check(not wrong, f"{what}: the same bytes, no message in a file", wrong)
    # The messages of a run that is stopped must not end between its records either.
    output = place.fresh()
    flags = f"--output {output} --seeds 60 --time-budget 1s --jobs 1"
    line = f'exec "$0" run durable.json5 {flags} <&- >&- 2>&-'
    subprocess.run(["bash", "-c", line, place.program], cwd=place.folder, check=False)
    wrong = strangers(output / "durable+seeds=1...60")
    report.check(not wrong, "all streams closed, stopped: no message in a file", wrong)


def strangers(folder: pathlib.Path) -> str:
    """Lines of the CSV files that have too few fields, and anything in the lock's file."""
    wrong = [
        f"{name}: {line}"
        for name, commas in (("trials.csv", 35), ("timings.csv", 2))
        for line in (folder / name).read_text().splitlines()
        if line.count(",") != commas
    ]
    return "; ".join([*wrong[:3], (folder / ".lock").read_text()]).strip("; ")


def foreign(place: Place, report: Report, partial: pathlib.Path) -> None:
    """Files of something else stand where the records should be."""
    report.title("foreign files")
    noise = bytes((index * 7919 + 13) % 256 for index in range(5000))
    before = snapshot(partial)
    for name in (*CSVS, "provenance.json"):
        own = (partial / name).read_bytes()
        middle = own.index(b"\n", len(own) // 2) + 1
        for what, bytes_there in (
            ("a foreign CSV", b"date,price\n2024-01-01,12\n"),
            ("binary noise", noise),
            ("escape sequences", b"\x1b[2J\x1b]0;mine\x07\r\n" * 9),
            ("half a header", own[:17]),
            ("an empty file", b""),
            ("half of the first line", own[: own.index(b"\n") // 2] + b"\n"),
            ("itself with a stray quote", own[:middle] + b'"' + own[middle:]),
        ):
            output = copy(place, partial)
            folder = output / "durable"
            (folder / name).write_bytes(bytes_there)
            end = place.run(f"run durable.json5 --output {output}")
            refused(report, f"{name} replaced by {what}", end, 65, name)
            kept = {**{path.name: own for path, own in by_path(before)}, name: bytes_there}
            now = {path.name: own for path, own in by_path(snapshot(folder))}
            escapes = any(ord(letter) < 32 for letter in end.errors.rstrip("\n"))
            report.check(
                kept == now and not escapes,
                f"{name} replaced by {what}: nothing is changed",
                [key for key in kept if kept[key] != now.get(key)]
                or "control characters in stderr",
            )
            (folder / name).write_bytes(own)
            if what == "binary noise":
                goes_on(place, report, f"{name} put back", output)
            shutil.rmtree(output)
        output = copy(place, partial)
        (output / "durable" / name).unlink()
        (output / "durable" / name).mkdir()
        end = place.run(f"run durable.json5 --output {output}")
        refused(report, f"{name} replaced by a folder", end, 65, name)
    output = place.fresh()
    (output / "file").write_text("mine")
    end = place.run(f"run durable.json5 --output {output}/file")
    refused(report, "--output is a file", end, 73, "file")


def by_path(files: dict[str, bytes]) -> list[tuple[pathlib.Path, bytes]]:
    """The files of a snapshot."""
    return [(pathlib.Path(name), content) for name, content in files.items()]


def second_run(place: Place, report: Report) -> None:
    """Whoever comes second is refused, whoever was there goes on."""
    report.title("a second run in the same folder")
    output = place.fresh()
    flags = f"durable.json5 --output {output}"
    process = place.start(f"run {flags} --jobs 1")
    wait_for_rows(process, output / "durable" / "trials.csv", 20)
    for words in (f"run {flags}", f"run {flags} --fresh"):
        what = words.replace(str(output), "DIR")
        refused(report, f"{what}, while one runs", place.run(words), 73, str(output))
    end = place.run(f"status {flags}")
    report.check(end.status == 3 and "running" in end.output, "status tells that one runs", end)
    end = ended(process)
    wrong = place.differences(output / "durable") if end.status == FINISHED else str(end)
    report.check(not wrong, "the first run ends with the same bytes", wrong)
