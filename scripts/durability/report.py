"""What the checks found: a line each, and whether any of them failed."""

import sys
import time


class Report:
    """Prints each check as it is done and counts those that failed."""

    def __init__(self) -> None:
        self.passed = 0
        self.skipped = 0
        self.failures: list[str] = []
        self._start = time.monotonic()

    def title(self, text: str) -> None:
        """Begins a group of checks."""
        print(f"\n== {text} ==", flush=True)

    def check(self, is_right: bool, what: str, found: object = "") -> bool:
        """Notes one check; `found` is what was there in place of what should be."""
        if is_right:
            self.passed += 1
            print(f"ok       {what}", flush=True)
        else:
            self.failures.append(what)
            print(f"FAILED   {what}: {found}", flush=True)
        return is_right

    def skip(self, what: str, why: str) -> None:
        """Says clearly that a check could not be made here."""
        self.skipped += 1
        print(f"skipped  {what}: {why}", flush=True)

    def end(self) -> int:
        """Sums up; the exit code."""
        seconds = time.monotonic() - self._start
        print(
            f"\n{self.passed} ok, {len(self.failures)} failed, {self.skipped} skipped"
            f" in {seconds:.0f} s"
        )
        for failure in self.failures:
            print(f"FAILED   {failure}", file=sys.stderr)
        return 1 if self.failures else 0
