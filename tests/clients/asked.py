"""The questions that every client asks, and what the store itself answers to them in process."""

from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

PREFIXES: Final = """
PREFIX primum: <https://w3id.org/primum/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
NOTE: Final = "≥ 48 h, < ½ Ω"
# An IRI, a text with a language, a number, and a text beyond ASCII that goes there and back.
SELECT: Final = f"""{PREFIXES}
SELECT ?treatment ?label (COUNT(DISTINCT ?rule) AS ?rules) ("{NOTE}" AS ?note)
WHERE {{
  ?treatment primum:entails primum:Massage ;
             rdfs:label ?label .
  OPTIONAL {{
    ?region primum:regionTreatment ?treatment ;
            primum:levelRank ?rank ;
            primum:ofRule ?rule .
  }}
}}
GROUP BY ?treatment ?label
ORDER BY ?label
"""
ASK: Final = f"{PREFIXES} ASK {{ primum:SportsMassage primum:entails primum:Massage }}"
ASK_IN_VAIN: Final = f"{PREFIXES} ASK {{ primum:Massage primum:entails primum:SportsMassage }}"
CONSTRUCT: Final = f"""{PREFIXES}
CONSTRUCT {{ ?treatment rdfs:label ?label }}
WHERE {{
  ?treatment primum:entails primum:Massage ;
             rdfs:label ?label .
}}
"""
DESCRIBE: Final = f"{PREFIXES} DESCRIBE primum:Massage"
BROKEN: Final = "SELECT ?x WHERE { ?x rdfs:label ?label }"
COLUMNS: Final = ("treatment", "label", "rules", "note")
Row = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What every client must have found."""

    rows: tuple[Row, ...]
    labels: frozenset[tuple[str, str]]

    @property
    def triples(self) -> int:
        """How many statements the CONSTRUCT gives."""
        return len(self.labels)


def expected_of(store: ox.Store) -> Expected:
    """What a store answers; fails where that would prove nothing of a client."""
    found: Any = store.query(SELECT)
    rows = tuple(_row(each) for each in found)
    assert len(rows) > 5
    assert max(rules for _, _, rules, _ in rows) > 5
    return Expected(rows, frozenset((iri, label) for iri, label, _, _ in rows))


def _row(solution: Any) -> Row:
    """A row as plain values."""
    iri, label, rules, note = (solution[name].value for name in COLUMNS)
    return iri, label, int(rules), note
