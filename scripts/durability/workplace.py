"""A temporary folder, the command inside it, and what it leaves on disk."""

import csv
import io
import os
import pathlib
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import experiments

# The files that must have the same bytes, whatever happened on the way.
SAME = (
    "trials.csv",
    "summary.csv",
    "claims.csv",
    "certificates.csv",
    "curves.csv",
    "networks.safetensors",
)

# The first claim of the experiment fails by design.
FINISHED = 2

# Nothing here takes longer, however slow the machine: beyond that, the command hangs.
PATIENCE = 300


@dataclass
class Ended:
    """How a command ended and what it said."""

    status: int
    output: str
    errors: str

    def __str__(self) -> str:
        return f"exit {self.status}, stdout {self.output[-300:]!r}, stderr {self.errors[-300:]!r}"


@dataclass
class Place:
    """Where the checks work: the program, a folder of their own, the size of the work."""

    program: str
    folder: pathlib.Path
    is_quick: bool
    _expected: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "durable.json5").write_text(
            experiments.QUICK if self.is_quick else experiments.DURABLE
        )
        (self.folder / "endless.json5").write_text(experiments.ENDLESS)
        # Other users run the command as well, to whom a read-only file is one.
        self.folder.chmod(0o777)

    def words(self, line: str) -> list[str]:
        """The words of a command line, the program first."""
        return [self.program, *line.split()]

    def start(
        self,
        line: str,
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        stdout: int = subprocess.PIPE,
    ) -> subprocess.Popen[str]:
        """Starts the command; `before` is called in the new process."""
        return subprocess.Popen(
            self.words(line),
            cwd=self.folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            preexec_fn=before,
        )

    def run(
        self,
        line: str,
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Ended:
        """Runs the command to its end."""
        return ended(self.start(line, environment, before))

    def fresh(self) -> pathlib.Path:
        """A new empty folder, for `--output`."""
        path = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        path.chmod(0o777)
        return path

    def expected(self) -> dict[str, bytes]:
        """The bytes that an uninterrupted run leaves; it runs once."""
        if not self._expected:
            output = self.fresh()
            end = self.run(f"run durable.json5 --output {output}")
            if end.status != FINISHED:
                raise SystemExit(f"error: the uninterrupted run failed: {end}")
            self._expected = files(output / "durable")
        return self._expected

    def differences(self, folder: pathlib.Path) -> str:
        """Which of the files that must be the same are not; empty if they all are."""
        found, expected = files(folder), self.expected()
        return ", ".join(name for name in SAME if found.get(name) != expected[name])


def ended(process: subprocess.Popen[str], seconds: float = PATIENCE) -> Ended:
    """Waits for the end of a command; one that hangs is killed and has the status -9."""
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
    return Ended(process.returncode, output or "", errors or "")


def files(folder: pathlib.Path) -> dict[str, bytes]:
    """The bytes of the files that must be the same, as far as they are there."""
    return {name: (folder / name).read_bytes() for name in SAME if (folder / name).exists()}


def rows(trials: pathlib.Path) -> dict[str, str]:
    """The complete rows of a trials.csv by key; a key that stands there twice raises an error."""
    try:
        text = trials.read_text()
    except FileNotFoundError:
        return {}
    lines = text[: text.rfind("\n") + 1].splitlines()[1:]
    found: dict[str, str] = {}
    for line in lines:
        key = next(csv.reader(io.StringIO(line)))[0]
        if key in found:
            raise ValueError(f"{trials}: {key} stands there twice")
        found[key] = line
    return found


def is_clear(errors: str, place: str) -> bool:
    """Whether stderr ends with one sentence that names the place, and nothing of a crash."""
    lines = errors.splitlines()
    return (
        bool(lines)
        and lines[-1].startswith("error: ")
        and place in lines[-1]
        and sum(line.startswith("error: ") for line in lines) == 1
        and "Fatal error" not in errors
        and "stack" not in errors
    )
