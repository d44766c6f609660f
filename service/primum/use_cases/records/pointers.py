"""JSON Pointers (RFC 6901) into a record, and the IRIs that stand for its nodes while it is RDF."""

from typing import Any
from urllib.parse import quote, unquote

from primum.foundation.names import DOCUMENT


def below(pointer: str, token: str | int) -> str:
    """The pointer to a member or an element of what a pointer points to."""
    return f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}"


def iri_of(pointer: str) -> str:
    """The IRI of the node at a pointer."""
    return DOCUMENT + quote(pointer, safe="/~")


def pointer_of(iri: str) -> str | None:
    """The pointer to a node of the record, or None for any other IRI."""
    return unquote(iri.removeprefix(DOCUMENT)) if iri.startswith(DOCUMENT) else None


def value_at(document: Any, pointer: str) -> Any:
    """What stands at a pointer in a document, or None where nothing does."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(document, dict) and key in document:
            document = document[key]
        elif isinstance(document, list) and key.isdecimal() and int(key) < len(document):
            document = document[int(key)]
        else:
            return None
    return document
