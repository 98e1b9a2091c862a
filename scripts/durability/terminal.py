"""What a pipe gets, and what a terminal of 80 and of 40 columns shows while a run goes on."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import experiments
from report import Report
from workplace import FINISHED, Place

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
STATUS = re.compile(r"(\d+)/(\d+)  ([\d.]+)/(?:s|min|h)  (?:\d+ h )?(?:\d+ min )?\d+ s left")


def terminal(place: Place, report: Report) -> None:
    """Pipes first, then terminals."""
    report.title("a pipe")
    for what, words in (
        ("run | cat", "2>/dev/null | cat"),
        ("run 2>&1 | cat", "2>&1 | cat"),
        ("run interrupted 2>&1 | cat", "--seeds 60 --jobs 1 --time-budget 1s 2>&1 | cat"),
    ):
        line = f'"$0" run durable.json5 --output {place.fresh()} {words}'
        piped = subprocess.run(
            ["bash", "-c", line, place.program], cwd=place.folder, check=False, capture_output=True
        )
        wrong = [byte for byte in piped.stdout if byte < 0x20 and byte != 0x0A]
        report.check(
            bool(piped.stdout) and not wrong, f"{what}: no carriage return, no escape", wrong[:5]
        )
    report.title("a terminal")
    for columns in (80, 40, 20):
        shown(place, report, columns)
    (place.folder / "long.json5").write_text(experiments.inside(8, ["deep"]))
    for columns in (80, 40):
        on_its_way(place, report, columns)
    plain(place, report)
    if not place.is_quick:
        every_half_minute(place, report)


def on_its_way(place: Place, report: Report, columns: int) -> None:
    """While one long trial runs the bar moves, and says where that is if there is room."""
    line = f"run long.json5 --output {place.fresh()} --time-budget 6s"
    status, written = watch(place, place.words(line), columns, {"TERM": "xterm", "NO_COLOR": ""})
    states = progress_lines(written)[:-1]
    what = f"{columns} columns, one long trial"
    if not report.check(
        status == 75 and len(states) >= 10, f"{what}: {len(states)} states", status
    ):
        return
    print(f"         {states[len(states) // 2]!r}")
    report.check(max(map(len, states)) < columns, f"{what}: they keep to the line", states)
    bars = [state.count("=") for state in states if state.startswith("[")]
    report.check(
        len(set(bars)) > 2 or columns < 80, f"{what}: the bar moves inside the trial", bars
    )
    if columns < 80:
        return
    epochs = [int(found[1]) for state in states if (found := re.search(r"epoch (\d+)/\d+", state))]
    report.check(
        len(epochs) > 5 and epochs == sorted(epochs) and epochs[0] < epochs[-1],
        f"{what}: the epochs go forward",
        states[-3:],
    )


def every_half_minute(place: Place, report: Report) -> None:
    """Without a terminal a line each 30 s says how far the run and its longest trial are."""
    end = place.run(f"run endless.json5 --output {place.fresh()} --jobs 2 --time-budget 70s")
    lines = [
        line
        for line in end.errors.splitlines()
        if STATUS.match(line)
        and re.search(r"%  wide/\S+: epoch \d+/\d+, loss [\d.]+, \d+/1024 rows right$", line)
    ]
    report.check(len(lines) == 2, "70 s without a terminal: two lines of progress", end)


def watch(
    place: Place, words: list[str], columns: int, environment: dict[str, str]
) -> tuple[int, str]:
    """Runs the command on a terminal of so many columns; its exit code and all that it wrote."""
    pid, screen = pty.fork()
    if pid == 0:
        os.chdir(place.folder)
        # The terminal has its size before the command can ask.
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execve(words[0], words, {**os.environ, **environment})
    written = b""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if not select.select([screen], [], [], 1)[0]:
            continue
        try:
            piece = os.read(screen, 65536)
        except OSError:
            # The last process has closed the terminal.
            break
        if not piece:
            break
        written += piece
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), written.decode()


def progress_lines(written: str) -> list[str]:
    """Each state of the line that the bar is drawn in, as a terminal renders it."""
    return [ESCAPE.sub("", part).split("\r")[0] for part in written.split("\r\x1b[K")[1:]]


def shown(place: Place, report: Report, columns: int) -> None:
    """The bar says done/total, rate and time left, and keeps to its line."""
    line = f"run durable.json5 --output {place.fresh()} --jobs 1 --seeds 12"
    status, written = watch(place, place.words(line), columns, {"TERM": "xterm", "NO_COLOR": ""})
    # What follows the last one belongs to the messages.
    states = progress_lines(written)[:-1]
    what = f"{columns} columns"
    if not report.check(
        status == FINISHED and len(states) >= 3,
        f"{what}: {len(states)} states of the bar",
        f"exit {status}, {written[-300:]!r}",
    ):
        return
    print(f"         {states[len(states) // 2]!r}")
    widest = max(map(len, states))
    report.check(widest < columns, f"{what}: the widest has {widest} characters", states)
    if columns >= 40:
        silent = [state for state in states[1:] if not STATUS.search(state)]
        report.check(len(silent) <= 1, f"{what}: done/total, rate and time left", silent)
        report.check(any("=" in state for state in states), f"{what}: a bar is drawn", states)
    done = [int(state.partition("/")[0].split()[-1]) for state in states if "/" in state]
    report.check(done == sorted(done), f"{what}: it only goes forward", done)
    tail = written.rsplit("\r\x1b[K", 1)[1]
    report.check(
        re.match(r"\d+ trials in [\d.]+ s", tail) is not None,
        f"{what}: in the end the bar is gone",
        tail[:80],
    )


def plain(place: Place, report: Report) -> None:
    """No escape where nobody wants one, and a line of its own for an error."""
    for environment in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb", "NO_COLOR": ""}):
        line = f"run durable.json5 --output {place.fresh()}"
        status, written = watch(place, place.words(line), 80, environment)
        # A terminal ends its lines with CR LF whatever the program writes.
        wrong = "\x1b" in written or "\r" in written.replace("\r\n", "")
        setting = next(
            f"{key}={value}" for key, value in environment.items() if value != "xterm" and value
        )
        report.check(
            status == FINISHED and not wrong, f"{setting}: no escape on a terminal", written[:200]
        )
    output = place.fresh()
    limit = f'ulimit -f 40; exec "$0" run durable.json5 --output {output} --jobs 1 --seeds 12'
    words = ["/bin/bash", "-c", limit, place.program]
    status, written = watch(place, words, 80, {"TERM": "xterm", "NO_COLOR": ""})
    tail = written.rsplit("\r\x1b[K", 1)[-1]
    report.check(
        status == 73 and tail.startswith("error: "),
        "an error during a run takes the bar away",
        f"exit {status}, {tail[:200]!r}",
    )
