"""The page where JavaScript is off: a picture for each chart, and nothing that does nothing."""

from __future__ import annotations

from playwright.sync_api import Page

import checks
from checks import Checks
from visit import figures, links, paper, places


def plain(page: Page, expected: set[str], found: Checks) -> None:
    figures(page, expected, found)
    links(page, found)
    paper(page, dark=False, found=found)
    for place in places(page):
        cut = page.locator(f'[data-figure="{place}"]').evaluate("""box => {
            const picture = box.querySelector("svg");
            if (!picture) return [];
            const room = picture.getBoundingClientRect();
            const outside = (word) => {
                const { left, right } = word.getBoundingClientRect();
                return left < room.left - 1 || right > room.right + 1;
            };
            const words = [...picture.querySelectorAll("text")];
            return words.filter(outside).map((word) => word.textContent);
        }""")
        found.check(not cut, checks.CUT, place=place, count=len(cut), word=cut[:1])
    for name, selector in (("the button", "#theme"), ("the hint", ".hint")):
        shown = page.locator(selector).is_visible()
        found.check(not shown, checks.BUTTON_SHOWN, name=name)
