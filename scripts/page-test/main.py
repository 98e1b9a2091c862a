"""Opens the page in a browser, wide and narrow, light and dark, and checks what a reader meets."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

RESULTS = Path(__file__).resolve().parents[2] / "results"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
PATIENCE = 60_000
# How faint a mark is drawn that the legend did not pick.
FAINT = 0.1

MARKS = ".role-mark:not(.role-legend *) path, .role-mark line, .role-mark text"


class Checks:
    """What was found, right or wrong; what is wrong is printed as it is found."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, right: bool, said: str) -> None:
        if right:
            self.passed += 1
        else:
            self.failed += 1
            print(f"fails  {said}", flush=True)


def expected_figures(page_file: Path) -> set[str]:
    """The figures beside the page: each SVG file has its place on it."""
    folder = page_file.parent if list(page_file.parent.glob("*/*.svg")) else RESULTS
    return {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in (*folder.glob("*.svg"), *folder.glob("*/*.svg"))
    }


def visit(
    browser: Browser,
    page_file: Path,
    size: str,
    scheme: str,
    checks: Checks,
    screenshots: Path | None,
) -> None:
    """One visit: the page at a width, in light or dark."""
    width, height = WIDTHS[size]
    where = f"{size}, {scheme}"
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said: list[str] = []
    requested: list[str] = []
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))
    address = page_file.as_uri()
    page.goto(address)
    try:
        page.wait_for_selector("html[data-state=drawn]", state="attached", timeout=PATIENCE)
    except Error:
        context.close()
        return checks.check(False, f"{where}: the page was not drawn within {PATIENCE // 1000} s")
    charts(page, page_file, where, checks)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    checks.check(overflow <= 0, f"{where}: the page is {overflow} pixels wider than the window")
    dark = is_dark(page)
    checks.check(dark == (scheme == "dark"), f"{where}: the paper is {'dark' if dark else 'light'}")
    if screenshots:
        screenshots.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=screenshots / f"{size}-{scheme}.png", full_page=True)
    for place in places(page):
        tooltip(page, place, where, checks)
        legend(page, place, where, checks)
    toggle(page, where, checks)
    checks.check(not said, f"{where}: the console says {said[:3]}")
    others = [url for url in requested if url != address and not url.startswith("data:")]
    checks.check(not others, f"{where}: requests {others[:3]}")
    context.close()
    return None


def places(page: Page) -> list[str]:
    return page.eval_on_selector_all(".chart", "boxes => boxes.map(box => box.dataset.figure)")


def charts(page: Page, page_file: Path, where: str, checks: Checks) -> None:
    """Each published figure is there, has marks, and fits its box."""
    found = page.eval_on_selector_all(
        "figure",
        "all => all.map(one => one.querySelector('a[href$=\".svg\"]').getAttribute('href'))",
    )
    found = {link.removesuffix(".svg") for link in found}
    expected = expected_figures(page_file)
    checks.check(
        found == expected, f"{where}: figures {sorted(found)}, expected {sorted(expected)}"
    )
    for place in places(page):
        box = page.locator(f'[data-figure="{place}"]')
        marks = box.locator(MARKS).count()
        checks.check(marks >= 5, f"{where}: {place} has {marks} marks")
        wide = box.evaluate(
            "box => [box.querySelector('svg')?.getBoundingClientRect().width ?? 0, box.clientWidth]"
        )
        checks.check(wide[0] > 200, f"{where}: {place} is {wide[0]} pixels wide")
        checks.check(
            wide[0] <= wide[1] + 1, f"{where}: {place}, {wide[0]} pixels, overflows {wide[1]}"
        )


def tooltip(page: Page, place: str, where: str, checks: Checks) -> None:
    """Under the mouse a mark says its numbers."""
    box = page.locator(f'[data-figure="{place}"]')
    symbols = box.locator(".mark-symbol.role-mark path:not([fill=transparent])")
    count = symbols.count()
    text = ""
    # Others may lie over a mark; one of a few will do.
    for index in sorted({count - 1, count // 2, count // 3, 0}):
        if not 0 <= index < count:
            continue
        symbols.nth(index).scroll_into_view_if_needed()
        area = symbols.nth(index).bounding_box()
        if area is None:
            continue
        page.mouse.move(0, 0)
        page.mouse.move(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2, steps=3)
        page.wait_for_timeout(60)
        bubble = page.locator("#vg-tooltip-element.visible")
        text = bubble.inner_text() if bubble.count() else ""
        if re.search(r"\d", text):
            break
    checks.check(
        bool(re.search(r"\d", text)),
        f"{where}: {place} shows no tooltip with a value, but '{text}'",
    )


def legend(page: Page, place: str, where: str, checks: Checks) -> None:
    """A click on a legend entry makes the marks of the others faint."""
    box = page.locator(f'[data-figure="{place}"]')
    entries = box.locator(".role-legend-label text")
    if entries.count() == 0:
        return checks.check(False, f"{where}: {place} has no legend")
    before = faint_marks(page, place)
    if entries.count() == 1:
        return checks.check(before == 0, f"{where}: {place}: {before} marks are faint unasked")
    entries.first.scroll_into_view_if_needed()
    # A click of the mouse, not of the element: letters of an SVG need not lie under their middle.
    area = entries.first.bounding_box()
    page.mouse.click(area["x"] + 6, area["y"] + area["height"] / 2)
    page.wait_for_timeout(60)
    after = faint_marks(page, place)
    checks.check(
        before == 0 and after > 0,
        f"{where}: {place}: a click on the legend left {after} marks faint, before {before}",
    )
    corner = box.locator("svg.marks").bounding_box()
    page.mouse.click(corner["x"] + 2, corner["y"] + 2)
    page.wait_for_timeout(60)
    left = faint_marks(page, place)
    checks.check(
        left == 0, f"{where}: {place}: a click beside the legend leaves {left} marks faint"
    )
    return None


def faint_marks(page: Page, place: str) -> int:
    return page.eval_on_selector_all(
        f'[data-figure="{place}"] .role-mark path, [data-figure="{place}"] .role-mark line',
        """(marks, faint) => marks.map(mark => Number(mark.getAttribute("opacity") ?? 1))
            .filter(opacity => opacity < faint).length""",
        FAINT,
    )


def toggle(page: Page, where: str, checks: Checks) -> None:
    """The button changes the paper, and the charts are drawn again on it."""
    before = is_dark(page)
    page.locator("#theme").click()
    page.wait_for_selector("html[data-state=drawn]", state="attached")
    checks.check(is_dark(page) != before, f"{where}: the button does not change the paper")
    checks.check(
        page.locator(".chart svg").count() == len(places(page)),
        f"{where}: charts are missing after the button",
    )


def is_dark(page: Page) -> bool:
    """Whether the paper is darker than the letters on it."""
    return page.evaluate("""(() => {
        const parts = (color) => color.match(/\\d+/g).slice(0, 3).map(Number);
        const light = (color) => parts(color).reduce((sum, part) => sum + part, 0);
        const style = getComputedStyle(document.body);
        return light(style.backgroundColor) < light(style.color);
    })()""")


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
        print(
            f"error: {options.page}: there is no such page; write it with scripts/plots/run --page",
            file=sys.stderr,
        )
        return 1
    checks = Checks()
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        except Error as error:
            print(f"skipped: the browser does not start: {error.message.splitlines()[0]}")
            return 0
        for size in WIDTHS:
            for scheme in ("light", "dark"):
                visit(browser, page_file, size, scheme, checks, options.screenshots)
        browser.close()
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
