"""The header of a named question: comment lines that say what it asks, of what, and for whom.

    # title: What is linked to an injury
    # question: Which risk factors, symptoms and signs has an injury?
    # about: One row for each source of a link.
    # users: researchers, clinicians
    # param injury (injury, iliotibial-band-syndrome): the injury

A line that begins with `#` and three spaces goes on with the line before it. `about` may be left
out. After the type stands `?` where a parameter may be left out, `*` where it may be given any
number of times and none too, `+` where it may be given several times; the examples of these two
are parted by commas.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from primum.foundation.errors import UnreadableFile
from primum.use_cases.named.query import Parameter
from primum.use_cases.named.types import TYPES

USERS: Final = ("researchers", "integrators", "curators", "clinicians")
_NEEDED: Final = ("title", "question", "users")
_CONTINUED: Final = "#   "
_ENTRY: Final = re.compile(r"# (?P<key>title|question|about|users|param \w+)(?P<rest>\W.*)")
_FIELD: Final = re.compile(r": (?P<text>\S.*)")
_PARAMETER: Final = re.compile(
    r" \((?P<type>[\w-]+)(?P<times>[?*+]?), (?P<examples>[^()]+)\): (?P<text>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the comment lines of a file say; `lines` has the line of each parameter by name."""

    title: str
    question: str
    about: str
    users: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the header with those that go on with it: `key` is `title` or `param injury`."""

    line: int
    key: str
    rest: str


def read_header(path: Path, text: str) -> Header:
    """The header of a file; raises UnreadableFile with the line where it is broken."""
    stated: dict[str, _Entry] = {}
    for entry in _entries(path, text):
        if entry.key in stated:
            raise fault(path, entry.line, f"{entry.key} is stated twice.")
        stated[entry.key] = entry
    if missing := [key for key in _NEEDED if key not in stated]:
        raise fault(path, 1, f"the header states no {' and no '.join(missing)}.")
    fields = {key: _field(path, entry) for key, entry in stated.items() if " " not in key}
    if not fields["question"].endswith("?"):
        raise fault(path, stated["question"].line, "the question does not end with a ?.")
    parameters = {_parameter(path, e): e.line for key, e in stated.items() if " " in key}
    return Header(
        title=fields["title"],
        question=fields["question"],
        about=fields.get("about", ""),
        users=_users(path, stated["users"].line, fields["users"]),
        parameters=tuple(parameters),
        lines={parameter.name: line for parameter, line in parameters.items()},
    )


def fault(path: Path, line: int, says: str) -> UnreadableFile:
    """The error for a broken file, which names file and line."""
    return UnreadableFile(f"{path}:{line}: {says}")


def _entries(path: Path, text: str) -> Iterator[_Entry]:
    """The entries of the header, from the comment lines that the file begins with."""
    for line, whole in _joined(text.splitlines()):
        found = _ENTRY.fullmatch(whole)
        if not found:
            says = f"{whole!r} states none of title, question, about, users and param NAME."
            raise fault(path, line, says)
        yield _Entry(line, found["key"], found["rest"])


def _joined(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The comment lines before the first other line, numbered, each with those that go on."""
    start, whole = 0, ""
    for number, line in enumerate(lines, start=1):
        if not line.startswith("#"):
            break
        if whole and line.startswith(_CONTINUED):
            whole += " " + line.removeprefix(_CONTINUED).strip()
            continue
        if whole:
            yield start, whole
        start, whole = number, line
    if whole:
        yield start, whole


def _field(path: Path, entry: _Entry) -> str:
    """The text of a field."""
    found = _FIELD.fullmatch(entry.rest)
    if not found:
        raise fault(path, entry.line, f"after {entry.key} stand a colon, a space and a text.")
    return found["text"]


def _users(path: Path, line: int, text: str) -> tuple[str, ...]:
    """Who asks a question."""
    users = tuple(user.strip() for user in text.split(","))
    if unknown := [user for user in users if user not in USERS]:
        says = f"{unknown[0]!r} are no users; these are: {', '.join(USERS)}."
        raise fault(path, line, says)
    return users


def _parameter(path: Path, entry: _Entry) -> Parameter:
    """A parameter from its line."""
    found = _PARAMETER.fullmatch(entry.rest)
    if not found:
        says = f"a parameter is written `# {entry.key} (TYPE, EXAMPLE): meaning`."
        raise fault(path, entry.line, says)
    if found["type"] not in TYPES:
        says = f"{found['type']!r} is no type; these are: {', '.join(TYPES)}."
        raise fault(path, entry.line, says)
    repeatable = found["times"] in {"*", "+"}
    examples = found["examples"].split(",") if repeatable else [found["examples"]]
    return Parameter(
        name=entry.key.removeprefix("param "),
        type=found["type"],
        optional=found["times"] in {"?", "*"},
        repeatable=repeatable,
        examples=tuple(example.strip() for example in examples),
        meaning=found["text"],
    )
