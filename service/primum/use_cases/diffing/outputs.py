"""A difference as text for people and as Markdown for pull requests."""

from collections.abc import Iterator

from primum.use_cases.diffing.difference import Difference
from primum.use_cases.diffing.outline import Point, Section, outline, summary
from primum.use_cases.diffing.versions import Version

_OPEN = (
    "A record that leaves time or factors open, or screening unknown, is answered otherwise only "
    "where one of these is."
)
_FOLDED = 30


def text(difference: Difference) -> str:
    """The difference for a terminal."""
    return "\n".join(_text(difference)) + "\n"


def _text(difference: Difference) -> Iterator[str]:
    """Its lines."""
    yield f"{_named(difference.old)} → {_named(difference.new)}"
    yield summary(difference)
    for section in outline(difference):
        yield from ("", section.title)
        for point in section.points:
            yield f"  {point.says}"
            yield from (f"      {line}" for detail in point.details for line in detail.splitlines())
    if difference.comparison.moves:
        yield from ("", _OPEN)


def markdown(difference: Difference) -> str:
    """The difference for a pull request: long lists are folded."""
    return "\n".join(_markdown(difference)) + "\n"


def _markdown(difference: Difference) -> Iterator[str]:
    """Its lines."""
    yield f"## What this changes: {_named(difference.old)} → {_named(difference.new)}"
    yield from ("", f"**{_escaped(summary(difference))}**")
    for section in outline(difference):
        yield from ("", f"### {section.title}", "")
        folded = len(section.points) > _FOLDED
        if folded:
            yield from (f"<details><summary>{len(section.points)} points</summary>", "")
        for point in section.points:
            yield from _bullet(point, section)
        if folded:
            yield from ("", "</details>")
    if difference.comparison.moves:
        yield from ("", _OPEN)


def _bullet(point: Point, section: Section) -> Iterator[str]:
    """A point as a bullet; commands in code."""
    yield f"- {_escaped(point.says)}"
    for detail in point.details:
        line = " ".join(detail.splitlines())
        coded = section.title.startswith("Answers") and line.startswith("primum ")
        yield f"  - `{line}`" if coded else f"  - {_escaped(line)}"


def _escaped(line: str) -> str:
    """Text that Markdown takes as it stands."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in line)


def _named(version: Version) -> str:
    """A version by its name and number."""
    return f"{version.name} ({version.knowledge.edition.version})"
