"""One visit of a page, with what is expected of every visit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

import checks
from checks import Checks

PATIENCE = 60_000
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}

MARKS = ".role-mark:not(.role-legend *) path, .role-mark line, .role-mark text"


@contextlib.contextmanager
def visit(
    browser: Browser, file: Path, size: str, scheme: str, found: Checks, scripted: bool = True
) -> Iterator[Page]:
    """The page in a window; whatever it asks for or complains of is a failure."""
    width, height = WIDTHS[size]
    found.where = f"{size}, {scheme}" + ("" if scripted else ", no JavaScript")
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=scripted,
        offline=True,
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
    page.goto(file.as_uri())
    yield page
    found.check(not said, checks.CONSOLE, messages=said[:3])
    others = [url for url in requested if url != file.as_uri() and not url.startswith("data:")]
    found.check(not others, checks.REQUESTS, addresses=others[:3])
    context.close()


def places(page: Page) -> list[str]:
    return page.eval_on_selector_all(".chart", "boxes => boxes.map(box => box.dataset.figure)")


def links(page: Page, found: Checks) -> None:
    """Each link leads to a place on the page, or to a public address."""
    for address in page.eval_on_selector_all(
        "a, link, img", "all => all.map(one => one.getAttribute('href') ?? one.getAttribute('src'))"
    ):
        if address.startswith("#"):
            leads = page.locator(f"[id='{address[1:]}']").count() == 1
        else:
            leads = address.startswith(("https://", "data:"))
        found.check(leads, checks.DEAD_LINK, address=address)


def figures(page: Page, expected: set[str], found: Checks) -> None:
    """Each published figure is there, has marks, and fits its box or scrolls in it."""
    drawn = set(places(page))
    found.check(
        drawn == expected, checks.OTHER_FIGURES, found=sorted(drawn), expected=sorted(expected)
    )
    for place in places(page):
        box = page.locator(f'[data-figure="{place}"]')
        shown = box.locator("svg").count() > 0
        found.check(shown, checks.BLANK, place=place)
        if not shown:
            continue
        marks = box.locator(MARKS).count()
        found.check(marks >= 5, checks.FEW_MARKS, place=place, marks=marks)
        width = box.locator("svg").first.bounding_box()["width"]
        found.check(width > 200, checks.NARROW, place=place, width=width)
    pixels = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found.check(pixels <= 0, checks.TOO_WIDE, pixels=pixels)


def is_dark(page: Page) -> bool:
    """Whether the paper is darker than the letters on it."""
    return page.evaluate("""(() => {
        const parts = (color) => color.match(/\\d+/g).slice(0, 3).map(Number);
        const light = (color) => parts(color).reduce((sum, part) => sum + part, 0);
        const style = getComputedStyle(document.body);
        return light(style.backgroundColor) < light(style.color);
    })()""")


def paper(page: Page, dark: bool, found: Checks) -> None:
    is_now = is_dark(page)
    found.check(is_now == dark, checks.PAPER, paper="dark" if is_now else "light")
