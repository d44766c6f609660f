"""The tokens of a SPARQL text (SPARQL 1.1 Query Language, section 19.8), each with its place.

A query is looked at before any engine reads it: how long and how deep it is, what it refers to.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from primum.foundation.errors import InvalidQuery

IRI: Final = "iri"
PREFIXED: Final = "prefixed"
WORD: Final = "word"
"""A keyword or the name of a function."""
SYMBOL: Final = "symbol"
OPENING: Final = ("{", "(", "[", "<<", "<<(", "{|")
CLOSING: Final = ("}", ")", "]", ">>", ")>>", "|}")
"""Brackets, of all kinds that SPARQL has."""


class Token(NamedTuple):
    """A token: its kind, its text, and the index of its first character."""

    kind: str
    text: str
    start: int

    def says(self, *words: str) -> bool:
        """Whether it is one of some keywords, which are given in capitals."""
        return self.kind == WORD and self.text.upper() in words


LETTER: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
INNER: Final = rf"{LETTER}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040"
"""What a name in SPARQL, as in XML, begins with, and what may stand within."""
_NAME: Final = rf"{LETTER}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Bounded, and never tried again in another way, so that no text takes long to look at.
_PREFIX: Final = rf"(?:[{LETTER}][{INNER}.]{{0,255}}+(?<!\.))?:"
_ODD: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = rf"(?:(?:[{LETTER}_0-9:]|{_ODD})(?:[{INNER}:]|{_ODD}|\.(?=[{INNER}.:%\\]))*+)?"
_RULES: Final = (
    (PREFIXED, _PREFIX + _LOCAL),
    ("variable", rf"[?$][{_NAME}]+"),
    (WORD, r"[A-Za-z][A-Za-z0-9_]*"),
    (IRI, r"<[^<>\"{}|^`\x00-\x20]*+>"),
    (SYMBOL, r"<<\(|\)>>|\^\^|&&|\|\||!=|<=|>=|<<|>>|\{\||\|\}|"
             r"[{}()\[\];,*+\-/|^!=<>?~]|\.(?![0-9])"),
    ("long", r'"""(?:[^"\\]|\\.|"(?!""))*+"""|' r"'''(?:[^'\\]|\\.|'(?!''))*+'''"),
    ("string", r'"(?!"")(?:[^"\\\r\n]|\\.)*+"|' r"'(?!'')(?:[^'\\\r\n]|\\.)*+'"),
    ("number", r"(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++"),
    ("language", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    ("blank", rf"_:[{LETTER}_0-9](?:[{INNER}]|\.(?=[{INNER}.]))*+"),
)  # fmt: skip
_SKIPPED: Final = r"(?:[ \t\r\n]|#[^\r\n]*+)*+"
_TOKEN: Final = re.compile(
    _SKIPPED + "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _RULES) + r"|\Z)",
    re.DOTALL,
)

_TEXT: Final = re.compile(
    _SKIPPED + "(" + "|".join(pattern for _, pattern in _RULES) + r"|\Z|.)", re.DOTALL
)


def texts(text: str) -> list[str]:
    """The tokens of a text without kind and place, found many times faster.

    A character with which no token begins stands among them, and the end as empty texts.
    """
    return _TEXT.findall(text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, without white space and comments.

    Raises InvalidQuery at a character with which no token begins.
    """
    at, match = 0, _TOKEN.match
    while (found := match(text, at)) is not None:
        kind = found.lastgroup
        if kind is None:
            return
        yield Token(kind, found[kind], found.start(kind))
        at = found.end()
    raise _stray(text, at)


def place(text: str, at: int) -> tuple[int, int]:
    """The line and column of a character, both counted from 1, columns in characters."""
    line_start = text.rfind("\n", 0, at) + 1
    return text.count("\n", 0, at) + 1, at - line_start + 1


def _stray(text: str, after: int) -> InvalidQuery:
    """The error of the first character after some place that belongs to no token."""
    skipped = re.compile(_SKIPPED).match(text, after)
    at = skipped.end() if skipped else after
    line, column = place(text, at)
    what = f"`{text[at]}` begins nothing in SPARQL"
    if text[at] in "\"'":
        what = "a string begins here that does not end"
    return InvalidQuery(
        f"Line {line}, column {column}: {what}.",
        where="query",
        found=text[at],
        line=line,
        column=column,
    )
