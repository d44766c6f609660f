"""The guides as data: what they show to be run, what it prints, and the files it needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
GUIDES: Final = (
    "README.md",
    "ontology/README.md",
    "rules/README.md",
    "queries/README.md",
    "service/README.md",
)
_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_FILE: Final = re.compile(r"`([\w-]+\.(?:json|ndjson|ttl|mjs|rq))`")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: where it stands, its language, and the paragraph that leads to it."""

    guide: str
    number: int
    language: str
    code: str
    before: str

    @property
    def file(self) -> str:
        """The file that the reader is told to save it as; empty if there is none."""
        found = _FILE.search(self.before)
        return found[1] if found and self.language != "console" else ""

    def __str__(self) -> str:
        """The name in test reports."""
        return f"{self.guide} {self.number}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what the guide shows it to print."""

    line: str
    shown: str


def blocks(language: str = "") -> list[Block]:
    """The blocks of all guides, or those in one language."""
    return [b for guide in GUIDES for b in _blocks(guide) if language in ("", b.language)]


def _blocks(guide: str) -> Iterator[Block]:
    """The blocks of a guide."""
    text = (ROOT / guide).read_text()
    for number, found in enumerate(_BLOCK.finditer(text), start=1):
        before = text[: found.start()].rstrip().rpartition("\n\n")[2]
        yield Block(guide, number, found[1], found[2], before)


def commands(block: Block) -> list[Command]:
    """The commands of a console block, with the lines that follow each."""
    text = block.code.replace("\\\n", " ")
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M)
    return [Command(re.sub(r"\s+#.*", "", line), shown.strip()) for line, shown in found]


def write_files(folder: Path) -> None:
    """Save the files that a reader of the guides has saved."""
    for block in blocks():
        if block.file:
            target = folder / block.file
            assert not target.exists(), f"{block.file} is shown twice"
            target.write_text(block.code)
