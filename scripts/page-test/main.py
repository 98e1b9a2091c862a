"""Opens the page alone in a folder: wide and narrow, light and dark, with JavaScript and not."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

import checks
from checks import Checks
from interactive import interactive, is_drawn
from plain import plain
from visit import WIDTHS, visit

RESULTS = Path(__file__).resolve().parents[2] / "results"
MOST_BYTES = 3_000_000


def expected_figures(page_file: Path) -> set[str]:
    """The figures beside the page: each SVG file has its place on it."""
    folder = page_file.parent if list(page_file.parent.glob("*/*.svg")) else RESULTS
    return {f"{path.parent.name}-{path.stem}" for path in folder.glob("*/*.svg")} | {
        f"{path.stem}-{path.stem}" for path in folder.glob("*.svg")
    }


def visits(
    browser: Browser, file: Path, expected: set[str], found: Checks, screenshots: Path | None
) -> None:
    for size in WIDTHS:
        for scheme in ("light", "dark"):
            with visit(browser, file, size, scheme, found) as page:
                if is_drawn(page, found):
                    shot = screenshots and screenshots / f"{size}-{scheme}.png"
                    if shot:
                        page.screenshot(path=shot, full_page=True)
                    interactive(page, expected, scheme == "dark", found)
        with visit(browser, file, size, "light", found, scripted=False) as page:
            if screenshots:
                page.screenshot(path=screenshots / f"{size}-plain.png", full_page=True)
            plain(page, expected, found)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/page-test/run", description=__doc__)
    parser.add_argument(
        "page", nargs="?", type=Path, default=RESULTS / "index.html", metavar="FILE"
    )
    parser.add_argument("--screenshots", type=Path, metavar="DIR")
    parser.add_argument("--browser", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    page_file = options.page.resolve()
    if not page_file.exists():
        print(checks.NO_PAGE.format(file=options.page), file=sys.stderr)
        return 1
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    found = Checks()
    found.where = str(options.page)
    size = page_file.stat().st_size
    found.check(size <= MOST_BYTES, checks.MANY_BYTES, bytes=size, most=MOST_BYTES)
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as alone:
        try:
            browser = driver.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        except Error as error:
            print(checks.NO_BROWSER.format(reason=error.message.splitlines()[0]))
            return 0
        file = Path(shutil.copy(page_file, alone))
        visits(browser, file, expected_figures(page_file), found, options.screenshots)
        browser.close()
    print(checks.SUM.format(passed=found.passed, failed=found.failed))
    return 1 if found.failed else 0


if __name__ == "__main__":
    sys.exit(main())
