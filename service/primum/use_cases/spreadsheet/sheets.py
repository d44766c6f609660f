"""The sheets there are: which classes have a row, and which columns the rows have."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from primum.foundation.errors import UnknownName
from primum.foundation.names import DCTERMS, RDFS, SKOS, Kind, Link
from primum.use_cases.spreadsheet.citations import Sources
from primum.use_cases.spreadsheet.columns import (
    Column,
    Condition,
    LevelOf,
    Parents,
    Text,
    Texts,
)
from primum.use_cases.spreadsheet.conditions import READERS, cells_of
from primum.use_cases.spreadsheet.known import Known

ID: Final = "id"
LEVEL: Final = "level"
BOUND: Final = "bound"
SCOPE: Final = "scope"
REVIEWED: Final = "reviewed on"
LABEL: Final = "label"
SYNONYMS: Final = "synonyms"
FILE: Final = "file"
RETIRE: Final = "retire because"
"""A reason here retires the rule or the term; the column is empty in a sheet that Primum writes."""

_RULES_IN: Final = "rules/"
_RULES: Final[tuple[Column, ...]] = (
    Text(LABEL, RDFS + "label", "rule", required=True),
    LevelOf(LEVEL),
    *(Condition(name) for name in READERS),
    Text(BOUND, Link.WINDOW_BOUND, "rule", language=""),
    Text(SCOPE, Link.SCOPE, "rule", language=""),
    Text("stage", Link.STAGE, "rule"),
    Text("evidence", Link.EVIDENCE, "rule"),
    Text("confidence", Link.CONFIDENCE, "rule", language="", required=True),
    Text("rationale", Link.RATIONALE, "rule", required=True),
    Sources("sources", located=True),
    Text(REVIEWED, Link.REVIEWED, "rule", language="", required=True),
)
_TERMS: Final[tuple[Column, ...]] = (
    Text(LABEL, RDFS + "label", "term", required=True),
    Text("definition", SKOS + "definition", "term", required=True),
    Texts(SYNONYMS, SKOS + "altLabel"),
)
_TERMS_END: Final[tuple[Column, ...]] = (
    Sources("sources", located=False),
    Text("note", SKOS + "note", "term"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `kind` is the word for what a row is, `root` the class above all of them."""

    name: str
    kind: str
    columns: tuple[Column, ...]
    root: str = ""

    @property
    def is_of_rules(self) -> bool:
        """Whether rows are rules, which stand in many files and have a condition."""
        return not self.root

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in order, but for that of the marks."""
        place = (FILE,) if self.is_of_rules else ()
        return (ID, *(column.name for column in self.columns), *place, RETIRE)

    def members(self, known: Known) -> dict[str, str]:
        """The classes with a row, by id, in the order of the rows."""
        of_kind = known.conditions if self.is_of_rules else known.of_kind(self.kind)
        iris = (set(of_kind) - {self.root}) & known.files.keys()
        placed = sorted((known.files[iri], known.slug(iri), iri) for iri in iris)
        return {slug: iri for _, slug, iri in placed}

    def cells(self, known: Known, iri: str) -> dict[str, str]:
        """The cells of a class, by heading."""
        cells = {ID: known.slug(iri), FILE: topic_of(known.files[iri]), RETIRE: ""}
        cells |= {
            column.name: column.show(known, iri)
            for column in self.columns
            if not isinstance(column, Condition)
        }
        if iri in known.conditions:
            cells |= cells_of(known, known.conditions[iri])
        return {heading: cells.get(heading, "") for heading in self.headings}

    def topics(self, known: Known) -> dict[str, str]:
        """The files that a new row may go into, by topic."""
        if self.is_of_rules:
            paths = {path for path in known.files.values() if path.startswith(_RULES_IN)}
            return {topic_of(path): path for path in sorted(paths)}
        home = Counter(known.files[iri] for iri in self.members(known).values())
        return {topic_of(path): path for path, _ in home.most_common(1)}


SHEETS: Final = {
    sheet.name: sheet
    for sheet in (
        Sheet("rules", "rule", _RULES),
        Sheet(
            "treatments",
            "treatment",
            (*_TERMS, Parents("parents", "treatment"), *_TERMS_END),
            Kind.TREATMENT,
        ),
        Sheet(
            "factors",
            "factor",
            (
                *_TERMS,
                Parents("parents", "factor"),
                Text("subject", DCTERMS + "subject", "term", "", required=True, closed=True),
                Text(SCOPE, Link.SCOPE, "rule", "", required=True, closed=True),
                *_TERMS_END,
            ),
            Kind.FACTOR,
        ),
    )
}


def topic_of(path: str) -> str:
    """A file as a sheet names it: `contraindications/massage`."""
    return path.removeprefix(_RULES_IN).removesuffix(".ttl")


def find_topics(topics: Iterable[str], name: str) -> frozenset[str]:
    """The topics that a name is that of: `massage`, `contraindications/massage`, a folder.

    Raises UnknownName with all topics where there is none.
    """
    found = frozenset(t for t in topics if name in (t, *t.split("/")))
    if not found:
        allowed = tuple(topics)
        raise UnknownName(
            f"No file of rules is called {name!r}. There are {', '.join(allowed)}.",
            where="--topic",
            found=name,
            allowed=allowed,
        )
    return found
