"""The page with its script: charts that fit, tooltips, legends that pick, two papers."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Page

import checks
from checks import Checks
from visit import PATIENCE, figures, is_dark, links, paper, places

# How faint a mark is drawn that the legend did not pick.
FAINT = 0.1


def is_drawn(page: Page, found: Checks) -> bool:
    """Waits for the charts."""
    try:
        page.wait_for_selector("html[data-state=drawn]", state="attached", timeout=PATIENCE)
    except Error:
        found.check(False, checks.NOT_DRAWN, seconds=PATIENCE // 1000)
        return False
    return True


def interactive(page: Page, expected: set[str], dark: bool, found: Checks) -> None:
    figures(page, expected, found)
    links(page, found)
    paper(page, dark, found)
    for place in places(page):
        fits(page, place, found)
        tooltip(page, place, found)
        legend(page, place, found)
    toggle(page, found)


def fits(page: Page, place: str, found: Checks) -> None:
    """The chart has taken the place of the picture, and is no wider than its box."""
    box = page.locator(f'[data-figure="{place}"]')
    found.check(box.locator("svg.still").count() == 0, checks.STILL_THERE, place=place)
    width, room = box.evaluate(
        "box => [box.querySelector('svg').getBoundingClientRect().width, box.clientWidth]"
    )
    found.check(width <= room + 1, checks.OVERFLOWS, place=place, width=width, room=room)


def tooltip(page: Page, place: str, found: Checks) -> None:
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
    found.check(bool(re.search(r"\d", text)), checks.NO_TOOLTIP, place=place, text=text)


def legend(page: Page, place: str, found: Checks) -> None:
    """A click on a legend entry makes the marks of the others faint."""
    box = page.locator(f'[data-figure="{place}"]')
    entries = box.locator(".role-legend-label text")
    if entries.count() == 0:
        found.check(False, checks.NO_LEGEND, place=place)
        return
    before = faint_marks(page, place)
    if entries.count() == 1:
        found.check(before == 0, checks.FAINT_UNASKED, place=place, marks=before)
        return
    entries.first.scroll_into_view_if_needed()
    # A click of the mouse, not of the element: letters of an SVG need not lie under their middle.
    area = entries.first.bounding_box()
    page.mouse.click(area["x"] + 6, area["y"] + area["height"] / 2)
    page.wait_for_timeout(60)
    after = faint_marks(page, place)
    found.check(
        before == 0 and after > 0, checks.LEGEND_CLICK, place=place, marks=after, before=before
    )
    corner = box.locator("svg.marks").bounding_box()
    page.mouse.click(corner["x"] + 2, corner["y"] + 2)
    page.wait_for_timeout(60)
    left = faint_marks(page, place)
    found.check(left == 0, checks.BESIDE_LEGEND, place=place, marks=left)


def faint_marks(page: Page, place: str) -> int:
    box = f'[data-figure="{place}"]'
    return page.eval_on_selector_all(
        f"{box} .role-mark path, {box} .role-mark line",
        """(marks, faint) => marks.map(mark => Number(mark.getAttribute("opacity") ?? 1))
            .filter(opacity => opacity < faint).length""",
        FAINT,
    )


def toggle(page: Page, found: Checks) -> None:
    """The button changes the paper, and the charts are drawn again on it."""
    before = is_dark(page)
    page.locator("#theme").click()
    page.wait_for_selector("html[data-state=drawn]", state="attached")
    found.check(is_dark(page) != before, checks.BUTTON_IDLE)
    drawn = page.locator(".chart svg.marks").count()
    found.check(drawn == len(places(page)), checks.BUTTON_LOST)
