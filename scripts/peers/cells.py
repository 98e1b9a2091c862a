"""A cell of the comparison: a workload, by ours or by a peer, measured in its own process."""

import contextlib
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from peers import PEERS, SWEEPERS, Peer
from workloads import SHARED, SWEEP, WORKLOADS

HERE = Path(__file__).parent
BINARY = Path(".build/release/depthwidth").absolute()
REFUSED = (64, 65)  # ours does not know the verb, or a key of the experiment

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NPROC": "1",  # XLA's own threads
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
    "TORCHINDUCTOR_CACHE_DIR": str(Path(".build/peers/inductor-cache").absolute()),
}


class Missing(Exception):
    """Ours does not have this workload yet."""


@dataclass(frozen=True)
class Cell:
    workload: str
    peer: Peer | None = None  # none: ours
    cores: int = 1

    @property
    def name(self) -> str:
        return self.peer.name if self.peer else "depthwidth"

    def __str__(self) -> str:
        return f"{self.workload} {self.name}" + (" on 2 cores" if self.cores == 2 else "")


def cells_of(workload: str) -> list[Cell]:
    cells = [Cell(workload)]
    if workload in ("W2", "W6", SHARED.name) and len(cores_here()) > 1:
        cells.append(Cell(workload, cores=2))
    if workload == SHARED.name:
        return cells
    if workload == "W6":
        return cells + [Cell(workload, peer) for peer in SWEEPERS]
    return cells + [Cell(workload, peer) for peer in PEERS if peer.together(WORKLOADS[workload])]


# A whole process is started this often, as far as that many seconds go, and the least time counts:
# W1 to W5 are warmed up, but here a moment in which the system is busy would be most of the time.
STARTS, SECONDS = 25, 60.0


def run(cell: Cell) -> dict:
    """What the cell found, by the names of the table's columns; memory in units of 10^6 bytes."""
    if cell.cores > 1:
        return beside_one_core(cell)
    one = run_peer if cell.peer else run_ours
    found = [one(cell)]
    while cell.workload == "W6" and len(found) < STARTS:
        if sum(result["seconds"] for result in found) > SECONDS:
            break
        found.append(one(cell))
    return min(found, key=lambda result: result["seconds"])


# One core and two take turns this often. Where a machine is shared, its speed changes from second
# to second: only starts that follow one another can be compared, and least times would favour two
# cores, whose short runs fit into quiet moments that no run on one core does.
PAIRS = 100


def beside_one_core(cell: Cell) -> dict:
    """The least time of many starts, and the median of what each takes per start on one core."""
    alone, found, ratios = replace(cell, cores=1), [], []
    for _ in range(PAIRS):
        one, several = run_ours(alone), run_ours(cell)
        found.append(several)
        ratios.append(several["seconds"] / one["seconds"])
    least = min(found, key=lambda result: result["seconds"])
    return least | {"times_ours": statistics.median(ratios)}


def run_peer(cell: Cell) -> dict:
    command = [sys.executable, HERE / "cell.py", cell.peer.name, cell.workload]
    with tempfile.TemporaryDirectory() as folder:
        if cell.workload == "W6":
            command.append(Path(folder, "sweep.csv"))
        output, process = spawn(command, environment=ONE_THREAD | cell.peer.environment)
        return process | json.loads(output)


def run_ours(cell: Cell) -> dict:
    try:
        with tempfile.TemporaryDirectory() as folder:
            if cell.workload == "W6":
                command = [BINARY, "run", HERE / "w6/experiment.json5", "--output", folder]
            else:
                command = [BINARY, "benchmark", cell.workload]
            if cell.workload == "W6" or cell.cores > 1:
                command += ["--jobs", str(cell.cores)]
            output, process = spawn(command, cell.cores)
    except FileNotFoundError as error:
        raise Missing(error) from error
    except subprocess.CalledProcessError as error:
        if error.returncode not in REFUSED:
            raise
        raise Missing(error.stderr.strip().splitlines()[0]) from error
    if cell.workload == "W6":
        trials = sum(workload.seeds for workload in SWEEP)
        return process | {"trials": trials, "epochs": SWEEP[0].epochs}
    (row,) = csv.DictReader(output.splitlines())
    numbers = ("trials", "epochs", "seconds", "gflop_per_second", "fraction_of_floor")
    row |= {name: json.loads(row[name]) for name in numbers if row.get(name)}
    return row | {"peak_megabytes": process["peak_megabytes"]}


def cores_here() -> list[int]:
    """The cores that this process may run on; where that is not told, all."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return [*range(os.cpu_count())]


@contextlib.contextmanager
def pinned(cores: int):
    """Leaves the last so many cores to this process, and so to the one that it starts.

    A function for the child to call would do as well, but then Python copies itself first: some
    milliseconds that would be counted as those of the program.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    here = cores_here()
    os.sched_setaffinity(0, here[-cores:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, here)


def spawn(command: list, cores: int = 1, environment: dict | None = None) -> tuple[str, dict]:
    """What a process prints, and its seconds from start to end and its peak of memory."""

    with (
        tempfile.TemporaryFile("w+") as output,
        tempfile.TemporaryFile("w+") as errors,
        pinned(cores),
    ):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, env=os.environ | (environment or {})
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0), errors.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, stderr=errors.read())
        bytes_per_unit = 1 if sys.platform == "darwin" else 1024
        megabytes = usage.ru_maxrss * bytes_per_unit / 1e6
        return output.read(), {"seconds": seconds, "peak_megabytes": megabytes}
