"""One cell of the comparison, in a process of its own; prints what it found as one line of JSON.

cell.py PEER WORKLOAD    trains a workload and times it
cell.py PEER W6 CSV      trains the sweep and writes a CSV; to be timed from outside
cell.py PEER check       trains what all peers must agree on
"""

import csv
import json
import sys
import time
from pathlib import Path

import numpy as np

from parity import glorot, judge
from peers import BY_NAME, Peer
from workloads import CHECKS, SWEEP, WORKLOADS, Workload

# What takes longer than this many seconds is cut down to fewer seeds, then to fewer epochs.
LIMIT = 3.0


def train(peer: Peer, workload: Workload, seeds: int, epochs: int, together: int) -> dict:
    """Trains, `together` seeds at a time; what is compiled or allocated ahead takes no time."""
    train_group = peer.prepare(workload, together, epochs)
    starts = [
        glorot(workload, range(first, first + together)) for first in range(0, seeds, together)
    ]
    began = time.perf_counter()
    trained = [train_group(start) for start in starts]
    seconds = time.perf_counter() - began
    solved, losses = (
        np.concatenate(judged)
        for judged in zip(*(judge(workload, t) for t in trained), strict=True)
    )
    return {"seconds": seconds, "solved": solved.tolist(), "losses": losses.tolist()}


def probe(peer: Peer, workload: Workload, together: int) -> float:
    """Seconds of one epoch of `together` seeds, after one run that warms up."""
    epochs = max(1, workload.epochs // 20)
    start = glorot(workload, range(together))
    train_group = peer.prepare(workload, together, epochs)
    train_group(start)
    began = time.perf_counter()
    train_group(start)
    return (time.perf_counter() - began) / epochs


def measure(peer: Peer, workload: Workload) -> dict:
    seconds = {together: probe(peer, workload, together) for together in peer.together(workload)}
    together = min(seconds, key=lambda count: seconds[count] / count)
    groups = min(workload.seeds // together, int(LIMIT / (seconds[together] * workload.epochs)))
    epochs = workload.epochs if groups else max(2, int(LIMIT / seconds[together]))
    trials = max(1, groups) * together
    found = train(peer, workload, trials, epochs, together)
    name = f"{peer.name} of {together}" if together > 1 else peer.name
    return {
        "implementation": name,
        "version": peer.version,
        "trials": trials,
        "epochs": epochs,
        "seconds": found["seconds"],
        "loss": np.mean(found["losses"]),
    }


def sweep(peer: Peer, path: str) -> dict:
    with Path(path).open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["n", "width", "seed", "solved_rows", "loss"])
        for workload in SWEEP:
            together = max(peer.together(workload))
            found = train(peer, workload, workload.seeds, workload.epochs, together)
            judged = zip(found["solved"], found["losses"], strict=True)
            for seed, (solved, loss) in enumerate(judged):
                table.writerow([workload.bits, *workload.widths, seed, solved, loss])
    return {
        "implementation": peer.name,
        "version": peer.version,
        "trials": sum(workload.seeds for workload in SWEEP),
        "epochs": SWEEP[0].epochs,
    }


def check(peer: Peer) -> dict:
    found = {}
    for workload in CHECKS:
        if not peer.together(workload):
            continue
        together = max(peer.together(workload))
        trained = train(peer, workload, workload.seeds, workload.epochs, together)
        found[workload.name] = trained["losses"]
    return found


if __name__ == "__main__":
    peer, what = BY_NAME[sys.argv[1]], sys.argv[2]
    if what == "check":
        found = check(peer)
    elif what == "W6":
        found = sweep(peer, sys.argv[3])
    else:
        found = measure(peer, WORKLOADS[what])
    print(json.dumps(found))
