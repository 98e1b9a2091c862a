"""The README files: their markers, and what belongs between them."""

import difflib
import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from facts import PARTS, Results

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).resolve().parent / "templates"
BLOCK = re.compile(r"(<!-- BEGIN (.+?) -->\n)(.*?)(<!-- END -->)", re.DOTALL)
SELF = "scripts/readme/run"
WIDTH = 100

# These blocks are written by hand until the program prints them.
BY_HAND = {
    f"depthwidth help {name}.csv"
    for name in (
        "trials",
        "summary",
        "settings",
        "claims",
        "certificates",
        "curves",
        "timings",
    )
}


class MarkerError(Exception):
    """A marker that no block can be made for; the text says where and why."""


@dataclass(frozen=True)
class Documents:
    """The README files under a folder, and the results their numbers come from."""

    root: Path = ROOT

    def names(self) -> list[str]:
        """The README files of the root and of its rooms."""
        found = [*self.root.glob("README.md"), *sorted(self.root.glob("[!.]*/README.md"))]
        return [path.relative_to(self.root).as_posix() for path in found]

    def renewed(self, name: str) -> tuple[str, str]:
        """A file as it is and as it ought to be."""
        old = (self.root / name).read_text(encoding="utf-8")
        begins, blocks = old.count("<!-- BEGIN "), len(BLOCK.findall(old))
        if begins != old.count("<!-- END -->") or begins != blocks:
            raise MarkerError(f"{name}: each <!-- BEGIN COMMAND --> needs its own <!-- END -->")

        def renewed(match: re.Match) -> str:
            try:
                return match[1] + self.block(match[2], match[3]) + match[4]
            except MarkerError as error:
                raise MarkerError(f"{name}: <!-- BEGIN {match[2]} -->: {error}") from error

        return old, BLOCK.sub(renewed, old)

    def block(self, command: str, old: str = "") -> str:
        """What belongs under a marker with this command; `old` is what stands there."""
        if command in BY_HAND:
            return old
        program, *words = command.split()
        if program == "depthwidth":
            text = self.printed(words)
            # The program's own Markdown stands as it is.
            return text if text.startswith("|") else f"```text\n{text}```\n"
        if program == SELF and len(words) == 1:
            return self.part(words[0])
        raise MarkerError(f"expected depthwidth with its arguments, or {SELF} PART")

    def part(self, name: str) -> str:
        """A template with the numbers of the results in it."""
        if name not in PARTS:
            raise MarkerError(f'found the part "{name}", expected one of {", ".join(PARTS)}')
        template = (TEMPLATES / f"{name}.md").read_text(encoding="utf-8")
        facts = PARTS[name](Results(self.root / "results", self.printed))
        return wrapped(template.format_map(facts))

    def printed(self, words: list[str]) -> str:
        """What the program prints, without the list of files at its end."""
        binary = os.environ.get("DEPTHWIDTH_BINARY")
        start = [binary] if binary else ["swift", "run", "-q", "-c", "release", "depthwidth"]
        done = subprocess.run(
            [*start, *words], cwd=self.root, stdout=subprocess.PIPE, text=True, check=False
        )
        # 2 is a claim that fails, which the published results may say as well.
        if done.returncode not in (0, 2):
            raise MarkerError(f"exit code {done.returncode}; stderr says why")
        kept = (line for line in done.stdout.splitlines() if not line.startswith("results/"))
        return "\n".join(kept).rstrip() + "\n"


def wrapped(text: str) -> str:
    """Markdown with its prose wrapped; tables and code stand as they are."""
    parts = re.split(r"(^```.*?^```$)", text.strip(), flags=re.DOTALL | re.MULTILINE)
    return "".join(part if part.startswith("```") else _prose(part) for part in parts) + "\n"


def _prose(text: str) -> str:
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n"))


def _paragraph(text: str) -> str:
    if not text.strip() or text.startswith("|"):
        return text
    return "\n".join(_filled(item) for item in re.split(r"\n(?=- )", text))


def _filled(text: str) -> str:
    indent = "  " if text.startswith("- ") else ""
    words = " ".join(text.split())
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def main(arguments: list[str], usage: str, documents: Documents | None = None) -> int:
    """Renews the files, checks them, or prints a part; the exit code."""
    documents = documents or Documents()
    try:
        if len(arguments) > 1 or (arguments and arguments[0] in ("-h", "--help")):
            print(usage)
            return 0 if len(arguments) == 1 else 64
        if arguments and arguments != ["--check"]:
            print(documents.part(arguments[0]), end="")
            return 0
        return (check if arguments else renew)(documents)
    except MarkerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 65


def renew(documents: Documents) -> int:
    """Rewrites what has changed; nothing, where a marker is wrong."""
    texts = {name: documents.renewed(name) for name in documents.names()}
    for name, (old, new) in texts.items():
        if old != new:
            (documents.root / name).write_text(new, encoding="utf-8")
            print(f"{name}: renewed")
    return 0


def check(documents: Documents) -> int:
    """Prints what renewing would change."""
    status = 0
    for name in documents.names():
        old, new = documents.renewed(name)
        diff = difflib.unified_diff(
            old.splitlines(), new.splitlines(), name, f"{name} from the results", lineterm=""
        )
        lines = list(diff)
        print("\n".join(lines) if lines else f"{name} is up to date")
        status |= bool(lines)
    return status
