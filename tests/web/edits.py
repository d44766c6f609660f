"""Edits of a copy of the knowledge, good and broken, and the ways in which editors save them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.web.releases import MOVED, RULE, WEEK

from primum.knowledge.locate import Place

MASSAGE: Final = "rules/contraindications/massage.ttl"
INJURIES: Final = "ontology/injuries.ttl"
NAMES: Final = "queries/ask/ambiguous-names.rq"
_HEADING: Final = f"###  https://w3id.org/primum/{RULE}\n"
_LEVEL: Final = "rdfs:subClassOf primum:RelativelyContraindicated"
_AT_MOST_ONE: Final = (
    "[ rdf:type owl:Restriction ; owl:onProperty primum:forInjury ;"
    ' owl:maxCardinality "1"^^xsd:nonNegativeInteger ]'
)


def moved(place: Place, hours: int = MOVED) -> str:
    """The rules on massage with the week of one rule of another length."""
    return _in_rule(place, f"maxExclusive {WEEK}.0", f"maxExclusive {hours}.0")


def unclosed(place: Place) -> str:
    """The rules on massage with a bracket that nothing closes."""
    return _in_rule(place, " owl:equivalentClass [", " owl:equivalentClass [ [")


def never(place: Place) -> str:
    """The rules on massage with a window that ends before it begins."""
    return _in_rule(place, "minInclusive 0.0", f"minInclusive {WEEK + 1}.0")


def counting(place: Place) -> str:
    """The rules on massage with an axiom of a kind that does not compile."""
    return _in_rule(place, _LEVEL, f"{_LEVEL} , {_AT_MOST_ONE}")


def _in_rule(place: Place, before: str, after: str) -> str:
    """The rules on massage with something else in the one rule."""
    text = (place.root / MASSAGE).read_text()
    start = text.index(_HEADING)
    head, block = text[:start], text[start:]
    assert before in block.partition("\n###  ")[0]
    return head + block.replace(before, after, 1)


def save_in_halves(path: Path, text: str, *, pause: float) -> None:
    """Empty a file and write it in two goes."""
    half = len(text) // 2
    with path.open("w") as file:
        file.write(text[:half])
        file.flush()
        time.sleep(pause)
        file.write(text[half:])


def save_by_rename(path: Path, text: str) -> None:
    """Write beside a file, and put that in its place."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text)
    beside.replace(path)


@contextmanager
def saved(path: Path, text: str) -> Iterator[None]:
    """A file with another text while the block lasts."""
    before = path.read_text()
    path.write_text(text)
    try:
        yield
    finally:
        path.write_text(before)
