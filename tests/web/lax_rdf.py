"""RDF that makes readers fetch, expand, overflow or guess, with what must come of it."""

from typing import Final

from tests.web.lax_bodies import Lax
from tests.web.posting import JSON, JSON_LD, N_TRIPLES, RDF_XML, TURTLE

from primum.foundation.names import BASE

_UNREADABLE: Final = (400, "unreadable-body")
_INVALID: Final = (422, "invalid-record")
_FINE: Final = (200, None)
_PREFIX: Final = (
    f"@prefix : <{BASE}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XML: Final = '<?xml version="1.0"?>'
_ROOT: Final = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{BASE}">'
_CASE: Final = "<CaseRecord><injury><HamstringStrain>%s</HamstringStrain></injury></CaseRecord>"


def _turtle(text: str) -> bytes:
    """Turtle with the prefixes."""
    return (_PREFIX + text).encode()


def _injury(more: str) -> bytes:
    """A record in Turtle whose injury has something more."""
    return _turtle(f"<#c> :injury [ a :HamstringStrain ; {more} ] .")


def _xml(inside: str, *, before: str = "") -> bytes:
    """A record in RDF/XML whose injury has something inside."""
    return f"{_XML}{before}{_ROOT}{_CASE % inside}</rdf:RDF>".encode()


def _entities(levels: int) -> str:
    """A DOCTYPE with entities, each ten of the one before."""
    lines = ['<!ENTITY e0 "2">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1)]
    return f"<!DOCTYPE r [{''.join(lines)}]>"


_EXTERNAL: Final = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
_PARAMETER: Final = '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>'
_INCLUDE: Final = (
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"'
    ' parse="text"/>'
)

XML: Final = (
    Lax("RDF/XML", _xml("<hasGrade>2</hasGrade>"), *_INVALID, RDF_XML),
    Lax("external entity", _xml("<side>&x;</side>", before=_EXTERNAL), *_UNREADABLE, RDF_XML),
    Lax("parameter entity", _xml("", before=_PARAMETER), *_UNREADABLE, RDF_XML),
    Lax("a billion laughs", _xml("<side>&e9;</side>", before=_entities(9)), *_UNREADABLE, RDF_XML),
    Lax(
        "an entity of its own",
        _xml("<side>&e1;</side>", before=_entities(1)),
        *_UNREADABLE,
        RDF_XML,
    ),
    Lax("a bare DOCTYPE", _xml("", before="<!DOCTYPE r>"), *_UNREADABLE, RDF_XML),
    Lax(
        "a DOCTYPE elsewhere",
        _xml("", before='<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">'),
        *_UNREADABLE,
        RDF_XML,
    ),
    Lax("an entity that is not there", _xml("<side>&nowhere;</side>"), *_UNREADABLE, RDF_XML),
    Lax("XInclude", _xml(f"<side>{_INCLUDE}</side>"), *_UNREADABLE, RDF_XML),
    Lax(
        "a style sheet",
        _xml("", before='<?xml-stylesheet href="http://127.0.0.1:9/"?>'),
        *_FINE,
        RDF_XML,
    ),
    Lax("RDF/XML in UTF-16", _xml("").decode().encode("utf-16"), *_UNREADABLE, RDF_XML),
    Lax(
        "a DOCTYPE in UTF-16",
        _xml("", before=_entities(9)).decode().encode("utf-16"),
        *_UNREADABLE,
        RDF_XML,
    ),
    Lax(
        "RDF/XML that says it is Latin-1",
        _xml("").replace(b'"1.0"?', b'"1.0" encoding="ISO-8859-1"?'),
        *_UNREADABLE,
        RDF_XML,
    ),
    Lax("RDF/XML cut", _xml("")[:-9], *_UNREADABLE, RDF_XML),
    Lax("elements nested 100,000 deep", (_XML + "<a>" * 100_000).encode(), *_UNREADABLE, RDF_XML),
    Lax(
        "an attribute twice",
        _xml('<side rdf:datatype="a" rdf:datatype="b"/>'),
        *_UNREADABLE,
        RDF_XML,
    ),
    Lax("HTML", b"<!doctype html><html><body>record</body></html>", *_UNREADABLE, RDF_XML),
)
TURTLES: Final = (
    Lax("Turtle", _injury(":hasGrade 2"), *_FINE, TURTLE),
    Lax("Turtle that is JSON", b"{}", *_UNREADABLE, TURTLE),
    Lax("Turtle cut", _injury(":hasGrade 2")[:-4], *_UNREADABLE, TURTLE),
    Lax("literal of 900,000 letters", _injury(f':side "{"x" * 900_000}"'), *_INVALID, TURTLE),
    Lax("grade of 5,000 digits", _injury(f":hasGrade {'9' * 5000}"), *_INVALID, TURTLE),
    Lax("grade that is no number", _injury(':hasGrade "NaN"^^xsd:integer'), *_INVALID, TURTLE),
    Lax("grade as a double", _injury(":hasGrade 2.0e0"), *_INVALID, TURTLE),
    Lax("grade as text", _injury(':hasGrade "2"'), *_INVALID, TURTLE),
    Lax(
        "date without a zone",
        _injury(':onset "2026-11-19T10:00:00"^^xsd:dateTime'),
        *_INVALID,
        TURTLE,
    ),
    Lax(
        "an injury of another vocabulary",
        _turtle("<#c> :injury [ a <http://snomed.info/id/1> ] ."),
        *_INVALID,
        TURTLE,
    ),
    Lax(
        "a term of its own",
        _turtle("<#c> :injury [ a <#mine> ] . <#mine> rdfs:subClassOf :Condition ."),
        *_INVALID,
        TURTLE,
    ),
    Lax(
        "a record that is its own injury",
        _turtle("<#c> :injury <#c> ; a :HamstringStrain ."),
        *_FINE,
        TURTLE,
    ),
    Lax(
        "two records",
        _turtle("<#c> :injury [ a :ITBS ] . <#d> :injury [ a :ITBS ] ."),
        *_UNREADABLE,
        TURTLE,
    ),
    Lax("no record", _turtle("<#c> a :HamstringStrain ."), *_UNREADABLE, TURTLE),
    Lax("a prefix that is not there", b"<#c> primum:injury [] .", *_UNREADABLE, TURTLE),
    Lax(
        "imports",
        _injury(":hasGrade 2")
        + b" <#c> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/> .",
        *_FINE,
        TURTLE,
    ),
    Lax(
        "bytes that are no UTF-8", _injury(':side "@"').replace(b"@", b"\xff"), *_UNREADABLE, TURTLE
    ),
    Lax(
        "quoted triple",
        _turtle("<< <#a> <#b> <#c> >> :says <#d> . <#c> :injury [ a :HamstringStrain ] ."),
        *_UNREADABLE,
        TURTLE,
    ),
    Lax("triple term", _turtle("<#c> :injury <<( <#a> <#b> <#c> )>> ."), *_UNREADABLE, TURTLE),
    Lax(
        "annotated triple",
        _turtle("<#c> :injury [ a :HamstringStrain ] {| <#by> <#me> |} ."),
        *_UNREADABLE,
        TURTLE,
    ),
)
LINES: Final = (
    Lax(
        "N-Triples",
        f"_:c <{BASE}injury> _:i .\n_:i <{_TYPE}> <{BASE}CalfStrain> .".encode(),
        *_FINE,
        N_TRIPLES,
    ),
    Lax("relative IRI", b"<c> <injury> <i> .", *_UNREADABLE, N_TRIPLES),
    Lax("IRI with a space", f"_:c <{BASE}inj ury> _:i .".encode(), *_UNREADABLE, N_TRIPLES),
    Lax("IRI with a brace", f"_:c <{BASE}inj{{ury> _:i .".encode(), *_UNREADABLE, N_TRIPLES),
    Lax(
        "IRI with an escaped space",
        f"_:c <{BASE}inj\\u0020ury> _:i .".encode(),
        *_UNREADABLE,
        N_TRIPLES,
    ),
    Lax("IRI that is empty", b"<> <> <> .", *_UNREADABLE, N_TRIPLES),
    Lax("IRI with a NUL", f"_:c <{BASE}injury\x00> _:i .".encode(), *_UNREADABLE, N_TRIPLES),
    Lax("literal as subject", f'"c" <{BASE}injury> _:i .'.encode(), *_UNREADABLE, N_TRIPLES),
    Lax("lone surrogate", f'_:c <{BASE}side> "\\uD800" .'.encode(), *_UNREADABLE, N_TRIPLES),
    Lax("Turtle as N-Triples", _injury(":hasGrade 2"), *_UNREADABLE, N_TRIPLES),
    Lax("N-Quads", f"_:c <{BASE}injury> _:i <#g> .".encode(), *_UNREADABLE, N_TRIPLES),
    Lax(
        "triple term in N-Triples",
        f"_:c <{BASE}injury> <<( _:a <{BASE}b> _:c )>> .".encode(),
        *_UNREADABLE,
        N_TRIPLES,
    ),
)
BODIES: Final = (*XML, *TURTLES, *LINES)

WHOLE: Final = {
    TURTLE: _injury(':hasGrade 2 ; :onset "2026-11-19T10:00:00Z"^^xsd:dateTime'),
    N_TRIPLES: f"_:c <{BASE}injury> _:i .\n_:i <{BASE}hasGrade> _:g .".encode(),
    RDF_XML: _xml("<side>left</side>"),
}
"""A record of each syntax, to be cut."""
_ITBS: Final = b'{"injury": {"type": "ITBS"}, %s}'
HEAVY: Final = {
    "brackets nested 100,000 deep": (TURTLE, _turtle("<#c> :injury " + "[ :a " * 100_000)),
    "lists nested 100,000 deep": (TURTLE, _turtle("<#c> :injury " + "( " * 100_000)),
    "blank nodes nested 20,000 deep and closed": (
        TURTLE,
        _turtle("<#c> :injury " + "[ :a " * 20_000 + "1 " + "] " * 20_000 + "."),
    ),
    "30,000 grades": (TURTLE, _injury(":hasGrade " + ", ".join(map(str, range(30_000))))),
    "30,000 treatments": (
        TURTLE,
        _turtle("<#c> :injury [ a :ITBS ] ; :treatment " + ", ".join(["[]"] * 30_000) + " ."),
    ),
    "10,000 members that there are not": (
        JSON,
        _ITBS % b", ".join(b'"m%d": 1' % number for number in range(10_000)),
    ),
    "10,000 factors that there are not": (
        JSON,
        _ITBS
        % b'"patient": {"factors": {"present": [%s]}}'
        % b", ".join(b'"factor %d"' % number for number in range(10_000)),
    ),
    "50,000 objects in a graph": (
        JSON_LD,
        b'{"@graph": [%s]}' % b", ".join([b'{"@id": "_:b"}'] * 50_000),
    ),
}
