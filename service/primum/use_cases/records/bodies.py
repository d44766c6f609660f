"""The syntaxes in which a record may be sent, and how each is parsed."""

from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from primum.foundation.errors import UnreadableBody

JSON: Final = "application/json"
JSON_LD: Final = "application/ld+json"
RDF: Final[dict[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
MEDIA_TYPES: Final = (JSON, JSON_LD, *RDF)
_BASE: Final = "https://w3id.org/primum/case/"


def parse(body: bytes, media_type: str) -> list[ox.Quad]:
    """The statements of a body in an RDF syntax; raises UnreadableBody with line and column."""
    if media_type == "application/rdf+xml":
        _demand_whole_xml(body)
    if b"\0" in body:
        raise UnreadableBody("The body holds a NUL; it is not UTF-8 text.", allowed=("UTF-8",))
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise UnreadableBody(
            f"The body is not UTF-8: byte {error.start} cannot be read.", allowed=("UTF-8",)
        ) from error
    try:
        form = RDF.get(media_type, ox.RdfFormat.JSON_LD)
        return list(ox.parse(body, format=form, base_iri=_BASE))
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        where = "" if line is None else f" at line {line}"
        raise UnreadableBody(
            f"The body is no {media_type}{where}: {error}.", allowed=(media_type,)
        ) from error


def _demand_whole_xml(body: bytes) -> None:
    """Raise UnreadableBody for XML that is not well formed and whole, or declares entities.

    The RDF parser lets a document that ends early pass, and what it had read until then.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _demand_utf_8
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        where = f"at line {error.lineno}, column {error.offset}"
        raise UnreadableBody(
            f"The body is no XML: {expat.ErrorString(error.code)} {where}.",
            allowed=("application/rdf+xml",),
        ) from error


def _refuse_doctype(*_: object) -> None:
    """A DOCTYPE can declare entities of any size, and name documents elsewhere."""
    raise UnreadableBody(
        "The RDF/XML has a DOCTYPE, which is not read.", allowed=("RDF/XML without DOCTYPE",)
    )


def _demand_utf_8(_: str, encoding: str | None, __: int) -> None:
    """Another encoding would be read otherwise by another parser."""
    if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
        raise UnreadableBody(f"The RDF/XML is in {encoding}.", found=encoding, allowed=("UTF-8",))
