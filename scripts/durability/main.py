"""Runs the checks by name; see `run`."""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile

import crashes
import hostile
import inside
import kills
import mutations
import shards
import stops
import terminal
from report import Report
from workplace import Place

CHECKS = {
    "kills": lambda place, report, arguments: kills.kills(
        place, report, arguments.seed, arguments.kills or (15 if arguments.quick else 100)
    ),
    "crashes": lambda place, report, _: crashes.crashes(place, report),
    "inside": lambda place, report, arguments: inside.inside(
        place,
        report,
        arguments.seed,
        arguments.kills or (15 if arguments.quick else 100),
        arguments.interval,
    ),
    "stops": lambda place, report, _: stops.stops(place, report),
    "shards": lambda place, report, arguments: shards.shards(place, report, arguments.seed),
    "hostile": lambda place, report, _: hostile.hostile(place, report),
    "terminal": lambda place, report, _: terminal.terminal(place, report),
    "mutations": lambda place, report, _: mutations.mutations(place, report),
}


def main() -> int:
    """Reads the flags, runs what is asked for in a folder of its own, and removes that."""
    parser = argparse.ArgumentParser(prog="scripts/durability/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(CHECKS)}")
    parser.add_argument("--quick", action="store_true", help="a minute in place of ten")
    parser.add_argument("--binary", required=True, help="the program to check")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    parser.add_argument("--kills", type=int, help="how many, in place of 100 or 15")
    parser.add_argument(
        "--interval", type=float, default=0.2, help="seconds between checkpoints; 20 in real runs"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(CHECKS):
        parser.error(f"there is no check {', '.join(sorted(unknown))}")
    # Whoever ends the checks ends them with the folder and the mounts removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(75))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="durability-"))
    report = Report()
    try:
        # A copy, which nobody rebuilds meanwhile and which other users may run.
        program = shutil.copy(arguments.binary, folder / "depthwidth")
        place = Place(str(program), folder, arguments.quick)
        for name, check in CHECKS.items():
            if name in arguments.names or not arguments.names:
                check(place, report, arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report.end()


if __name__ == "__main__":
    raise SystemExit(main())
