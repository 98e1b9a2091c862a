"""What was found on a page, and the sentences that say what is wrong with it."""

from __future__ import annotations

NOT_DRAWN = "the page was not drawn within {seconds} s"
OTHER_FIGURES = "figures {found}, expected {expected}"
BLANK = "{place} has no picture"
FEW_MARKS = "{place} has {marks} marks"
NARROW = "{place} is {width} pixels wide"
OVERFLOWS = "{place}, {width} pixels, overflows {room}"
TOO_WIDE = "the page is {pixels} pixels wider than the window"
PAPER = "the paper is {paper}"
NO_TOOLTIP = "{place} shows no tooltip with a value, but '{text}'"
NO_LEGEND = "{place} has no legend"
FAINT_UNASKED = "{place}: {marks} marks are faint unasked"
LEGEND_CLICK = "{place}: a click on the legend left {marks} marks faint, before {before}"
BESIDE_LEGEND = "{place}: a click beside the legend leaves {marks} marks faint"
BUTTON_IDLE = "the button does not change the paper"
BUTTON_LOST = "charts are missing after the button"
CUT = "{place}: {count} words reach out of the picture, {word} the first"
BUTTON_SHOWN = "{name} is shown, which does nothing without JavaScript"
CONSOLE = "the console says {messages}"
REQUESTS = "requests {addresses}"
DEAD_LINK = "the link '{address}' leads nowhere"
STILL_THERE = "{place} keeps its picture beside the chart"
MANY_BYTES = "{bytes} bytes, expected {most} at most"
NO_PAGE = "error: {file}: there is no such page; write it with scripts/plots/run --page"
NO_BROWSER = "skipped: the browser does not start: {reason}"
SUM = "{passed} passed, {failed} failed"


class Checks:
    """Counts what is right and prints what is wrong as it is found, with where that was."""

    def __init__(self) -> None:
        self.where = ""
        self.passed = self.failed = 0

    def check(self, right: bool, wrong: str, **values: object) -> None:
        if right:
            self.passed += 1
        else:
            self.failed += 1
            print(f"fails  {self.where}: {wrong.format(**values)}", flush=True)
