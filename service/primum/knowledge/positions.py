"""At which line of a Turtle file a term is described: for messages that a person follows up.

No parser tells lines, so the text is searched: a description starts at the margin, as every tool
that saves Turtle lays it out. Where it does not, no line is told.
"""

import re
from collections.abc import Iterator

_PREFIX = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(r"^(?:<([^>]*)>|([\w-]*):([\w.-]*))(?=\s)")
_BETWEEN = ("", ".")
"""Ends of the line before a description: the file begins, or a statement ended."""


class Positions:
    """The lines of one file at which its subjects are described."""

    def __init__(self, text: str) -> None:
        """Read the prefixes of a file and where its descriptions start."""
        self._lines = text.splitlines()
        self._prefixes = dict(_PREFIX.findall(text))
        self._starts: dict[str, list[int]] = {}
        for number, iri in self._subjects():
            self._starts.setdefault(iri, []).append(number)
        self._all = sorted(number for numbers in self._starts.values() for number in numbers)

    def line(self, subject: str, *, mentioning: str = "") -> int:
        """The line of a subject, or the one within its description that mentions another term.

        0 where the file describes no such subject.
        """
        starts = self._starts.get(subject, [])
        for start in starts if mentioning else ():
            end = next((n for n in self._all if n > start), len(self._lines) + 1)
            if found := self._mention(mentioning, start, end):
                return found
        return starts[0] if starts else 0

    def mention(self, term: str) -> int:
        """The first line that mentions a term anywhere, or 0."""
        return self._mention(term, 1, len(self._lines) + 1)

    def _mention(self, term: str, start: int, end: int) -> int:
        """The first line from `start`, before `end`, that writes a term."""
        written = self._written(term)
        for number in range(start, end):
            line = self._lines[number - 1]
            if not line.startswith(("#", "@")) and written.search(line):
                return number
        return 0

    def _written(self, term: str) -> re.Pattern[str]:
        """The forms in which the file may write a term."""
        forms = [re.escape(f"<{term}>")]
        for prefix, base in self._prefixes.items():
            if term.startswith(base) and len(term) > len(base):
                name = re.escape(f"{prefix}:{term.removeprefix(base)}")
                forms.append(rf"(?<![\w:-]){name}(?![\w-])")
        return re.compile("|".join(forms))

    def _subjects(self) -> Iterator[tuple[int, str]]:
        """The lines at the margin that start a description, with the IRI described."""
        before = ""
        for number, line in enumerate(self._lines, start=1):
            found = _SUBJECT.match(line)
            if found and before[-1:] in _BETWEEN:
                full, prefix, name = found.groups()
                yield number, full if full is not None else self._prefixes.get(prefix, "") + name
            if line.strip() and not line.startswith("#"):
                before = line.strip()
