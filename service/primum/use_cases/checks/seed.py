"""Every statement of the seed document is found in the knowledge, with the seed as its source.

The statements and the ASK that finds each are in `queries/seed/statements.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE, PREFIXES
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "seed-statement-lost": "A statement of the seed document is no longer found in the knowledge "
    "with the seed as its source. Look what changed on the term that is named.",
    "seed-statements-unreadable": "The table of the seed's statements is missing or broken, so "
    "nobody knows whether they still stand.",
}
_TERM = re.compile(r"\bprimum:(\w+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the seed document, and how it is found."""

    id: str
    says: str
    ask: str


def statements_file(place: Place) -> Path:
    """The table of the seed's statements."""
    return place.queries / "seed" / "statements.toml"


def read_statements(place: Place) -> tuple[Statement, ...]:
    """The statements in the order of the file; raises UnreadableFile where it is broken."""
    path = statements_file(place)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
        return tuple(Statement(**table) for table in tables)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error}") from error


def holds(statement: Statement, store: ox.Store) -> bool:
    """Whether a store carries a statement; raises UnreadableFile for what is no ASK."""
    try:
        answer = store.query(statement.ask, prefixes=PREFIXES)
    except SyntaxError as error:
        raise UnreadableFile(f"The ask of {statement.id} is no query: {error}") from error
    if not isinstance(answer, ox.QueryBoolean):
        raise UnreadableFile(f"The ask of {statement.id} is no ASK query.")
    return bool(answer)


def seed(subject: Subject) -> Iterator[Remark]:
    """The statements that are not found, at the first term that each is about."""
    store = subject.store
    try:
        lost = [each for each in read_statements(subject.place) if not holds(each, store)]
    except UnreadableFile as error:
        where = subject.relative(statements_file(subject.place))
        yield Remark("seed-statements-unreadable", Severity.ERROR, str(error), file=where)
        return
    for statement in lost:
        name = _TERM.search(statement.ask)
        found = Remark(
            "seed-statement-lost",
            Severity.ERROR,
            f"Statement {statement.id} of the seed is not found: {statement.says}",
            term=BASE + name[1] if name else "",
        )
        yield subject.placed(found) if found.term else found
