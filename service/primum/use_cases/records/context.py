"""The JSON-LD context of case records, made from the shapes, so that the two never differ."""

import re
from typing import Any, Final

from primum.foundation.errors import UnreadableBody
from primum.foundation.names import BASE, CONTEXT, Datatype, Record
from primum.model.shapes import Holds, Member, RecordShapes

Json = dict[str, Any]
CONTEXT_KEY: Final = "@context"
_KEYWORD: Final = re.compile(r"@[A-Za-z]+\Z")  # JSON-LD 1.1, section 1.7: what looks like one
_TYPED = {Holds.INSTANT: Datatype.DATE_TIME, Holds.TERM: "@vocab"}


def context_of(shapes: RecordShapes) -> Json:
    """The context document: what each member of a record means as RDF."""
    members = {m.key: m for form in shapes.forms.values() for m in form.members.values()}
    terms = {key: _meaning(member) for key, member in members.items()}
    return {CONTEXT_KEY: {"@version": 1.1, "@vocab": BASE, **terms}}


def _meaning(member: Member) -> Any:
    """What one member means."""
    if member.iri == Record.TYPE:
        return "@type"
    typed = [_TYPED[kind] for kind in sorted(member.holds & _TYPED.keys())]
    return {"@id": member.iri, "@type": typed[0]} if typed else member.iri


def with_context(document: Any, context: Any) -> Any:
    """A JSON-LD document with the contexts that it names by IRI put in their place.

    Raises UnreadableBody for any but the context of case records: nothing is fetched.
    """
    if isinstance(document, list):
        return [with_context(one, context) for one in document]
    if not isinstance(document, dict):
        return document
    return {
        key: _local(value, context) if key == CONTEXT_KEY else with_context(value, context)
        for key, value in document.items()
    }


def _local(value: Any, context: Any) -> Any:
    """A context without anything to fetch."""
    if isinstance(value, list):
        return [_local(one, context) for one in value]
    if isinstance(value, str):
        if value != CONTEXT:
            raise _remote(value)
        return context
    if isinstance(value, dict):
        if "@import" in value:
            raise _remote(str(value["@import"]))
        return {key: with_context(one, context) for key, one in value.items()}
    return value


def _remote(iri: str) -> UnreadableBody:
    """The error for a context that would have to be fetched."""
    return UnreadableBody(
        f"The JSON-LD context {iri!r} is not fetched. Write the context out, or use {CONTEXT}.",
        found=iri,
        allowed=(CONTEXT,),
    )


def is_contract_json(document: Any) -> bool:
    """Whether a document is JSON as the contract has it, which needs no JSON-LD processor."""
    if not isinstance(document, dict):
        return not _has_keywords(document)
    if CONTEXT_KEY in document and document[CONTEXT_KEY] != CONTEXT:
        return False
    rest = {key: value for key, value in document.items() if key != CONTEXT_KEY}
    return not _has_keywords(rest)


def _has_keywords(value: Any) -> bool:
    """Whether some key is a JSON-LD keyword."""
    if isinstance(value, list):
        return any(map(_has_keywords, value))
    if isinstance(value, dict):
        return any(_KEYWORD.match(key) or _has_keywords(one) for key, one in value.items())
    return False
