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
                return match[1] + self.block(match[2]) + match[4]
            except MarkerError as error:
                raise MarkerError(f"{name}: <!-- BEGIN {match[2]} -->: {error}") from error

        return old, BLOCK.sub(renewed, old)

    def block(self, command: str) -> str:
        """What belongs under a marker with this command."""
        program, *words = command.split()
        if program == "depthwidth":
            text = self.printed(words)
            # The program's own Markdown stands as it is.
            return text if text.startswith("|") else f"```text\n{text}```\n"
        if program == SELF and words:
            return self.part(*words)
        raise MarkerError(f"expected depthwidth with its arguments, or {SELF} PART")

    def part(self, name: str, *kinds: str) -> str:
        """A template with the numbers of the results in it, or the keys of a kind of arm."""
        if name == "keys" and len(kinds) == 1:
            return self.keys(*kinds)
        if name not in PARTS or kinds:
            found = " ".join((name, *kinds))
            raise MarkerError(
                f'found the part "{found}", expected one of {", ".join(PARTS)}, keys KIND'
            )
        template = (TEMPLATES / f"{name}.md").read_text(encoding="utf-8")
        facts = PARTS[name](Results(self.root / "results", self.printed))
        return wrapped(template.format_map(facts))

    def keys(self, kind: str) -> str:
        """The keys of a kind of arm but for those that it shares with `shallow`."""
        head, rule, *lines = self.printed(["help", kind]).splitlines()
        shared = self.printed(["help", "shallow"]).splitlines()
        return "\n".join([head, rule, *(line for line in lines if line not in shared)]) + "\n"

    def printed(self, words: list[str], columns: int = 80) -> str:
        """What the program prints in so many columns, without the list of files at its end."""
        binary = os.environ.get("DEPTHWIDTH_BINARY")
        start = [binary] if binary else ["swift", "run", "-q", "-c", "release", "depthwidth"]
        done = subprocess.run(
            [*start, *words],
            cwd=self.root,
            env=os.environ | {"COLUMNS": str(columns)},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
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
        if arguments and arguments[0] in ("-h", "--help"):
            print(usage)
            return 0
        if arguments and arguments != ["--check"]:
            if arguments[0].startswith("-"):
                print(usage)
                return 64
            print(documents.part(*arguments), end="")
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
