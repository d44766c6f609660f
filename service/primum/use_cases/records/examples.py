"""A JSON record written out in every syntax that records are read in, to be shown and copied."""

from io import BytesIO
from typing import Any, Final

import pyoxigraph as ox

from primum.foundation.names import BASE, CONTEXT, DCTERMS, XSD
from primum.use_cases.records.bodies import JSON, JSON_LD, RDF
from primum.use_cases.records.context import CONTEXT_KEY
from primum.use_cases.records.from_json import JsonRecords
from primum.use_cases.records.pointers import pointer_of
from primum.use_cases.records.records import Records

_PREFIXES: Final = {"primum": BASE, "dcterms": DCTERMS, "xsd": XSD}
_ROOT: Final = "record"


def in_every_syntax(records: Records, document: dict[str, Any]) -> dict[str, Any]:
    """The record by media type: as a document in JSON and JSON-LD, as text in the rest."""
    triples = _triples(records, document)
    as_text = {media_type: _written(triples, form) for media_type, form in RDF.items()}
    return {JSON: document, JSON_LD: {CONTEXT_KEY: CONTEXT, **document}, **as_text}


def _triples(records: Records, document: dict[str, Any]) -> list[ox.Triple]:
    """The statements of a record, node by node; nodes have labels that stay the same."""
    written = JsonRecords(records.shapes.forms, records.names).write(document).triples
    subjects = list(dict.fromkeys(one.subject for one in written))
    return [
        ox.Triple(_blank(one.subject), one.predicate, _blank(one.object))
        for one in sorted(written, key=lambda triple: subjects.index(triple.subject))
    ]


def _blank(term: Any) -> Any:
    """A node of the record as a blank node, named after the members that lead to it."""
    pointer = pointer_of(term.value) if isinstance(term, ox.NamedNode) else None
    if pointer is None:
        return term
    return ox.BlankNode(pointer.strip("/").replace("/", "") or _ROOT)


def _written(triples: list[ox.Triple], form: ox.RdfFormat) -> str:
    """Statements in a syntax, with prefixes where it has any."""
    prefixes = None if form == ox.RdfFormat.N_TRIPLES else _PREFIXES
    output = BytesIO()
    ox.serialize(triples, output, form, prefixes=prefixes)
    return output.getvalue().decode()
