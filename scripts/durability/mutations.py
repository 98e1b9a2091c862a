"""Mutated experiment and result files: the tests of the suite with many more than it takes."""

import os
import pathlib
import re
import subprocess

from report import Report
from workplace import Place

FULL, QUICK = 20_000, 2_000
PACKAGE = pathlib.Path(__file__).resolve().parents[2]

# The tests name themselves; each takes as many mutations as DEPTHWIDTH_MUTATIONS says.
TESTS = {
    "experiments": "ReadingMutationTests",
    "results": "ResultMutationTests",
}


def mutations(place: Place, report: Report) -> None:
    """Both tests with the optimized code, which runs in the command as well."""
    count = QUICK if place.is_quick else FULL
    report.title(f"{count} mutated experiments, {count} mutated results")
    for what, test in TESTS.items():
        words = ["swift", "test", "-c", "release", "--filter", f"{test}/"]
        tested = subprocess.run(
            words,
            cwd=PACKAGE,
            env={**os.environ, "DEPTHWIDTH_MUTATIONS": str(count)},
            check=False,
            capture_output=True,
            text=True,
        )
        # A filter that fits nothing passes as well, so the number of cases is looked for.
        # The tests take the seeds by the hundred.
        passed = re.search(
            rf"with {count // 100} test cases passed after ([\d.]+) seconds", tested.stdout
        )
        lines = [line for line in tested.stdout.splitlines() if "recorded an issue" in line]
        report.check(
            tested.returncode == 0 and passed is not None,
            f"{count} mutated {what}: none crashes, none takes 2 s, nothing unknown is accepted",
            f"exit {tested.returncode}; {lines[:3] or tested.stdout[-500:] + tested.stderr[-500:]}",
        )
        if passed:
            print(f"         {count} in {float(passed[1]):.0f} s")
