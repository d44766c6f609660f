"""How a program asks what a page shows: with curl, in Python, and in SPARQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.knowledge import Axioms
from primum.model.regions import UNGRADED
from primum.use_cases.documents import plain
from primum.use_cases.named.questions import Questions

BEHIND: Final = "contraindications"
"""The named question that finds, in SPARQL, what an answer shows."""
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program to copy, and the language that it is in."""

    title: str
    code: str


def snippets(service: str, pairs: Pairs, case: Case, questions: Questions) -> tuple[Snippet, ...]:
    """The question of an address as programs; `service` is the address of the service.

    SPARQL is there where the case is known as fully as the named question asks.
    """
    address = f"{service}/v1/contraindications?{urlencode(pairs)}"
    found = [Snippet("curl", f'curl "{address}"'), Snippet("Python", _python(address))]
    known = asked(case, questions.axioms)
    if known is not None:
        found.append(Snippet("SPARQL", questions.bind(questions.find(BEHIND), known)))
    return tuple(found)


def _python(address: str) -> str:
    """A program that prints the verdicts."""
    return (
        "import json\nfrom urllib.request import urlopen\n\n"
        f'with urlopen("{address}") as answer:\n'
        '    for found in json.load(answer)["treatments"]:\n'
        '        print(found["treatment"]["label"], found["verdict"])'
    )


def asked(case: Case, axioms: Axioms) -> list[tuple[str, str]] | None:
    """A case as parameters of the named question, or None where it leaves time or grade open."""
    start, end = case.hours.start, case.hours.end
    graded = axioms.grades[case.injury] != {UNGRADED}
    if end is None or (graded and case.grade is None):
        return None
    return [
        ("injury", local_name(case.injury)),
        ("grade", str(case.grade or UNGRADED)),
        ("fromHours", str(plain(start.at))),
        ("untilHours", str(plain(end.at))),
        *(("factor", local_name(iri)) for iri in sorted(case.present)),
    ]
