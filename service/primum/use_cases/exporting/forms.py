"""The forms that the knowledge can be written in, and the writing of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import InvalidValue
from primum.foundation.names import OBO, PREFIXES, VANN
from primum.knowledge import files
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place
from primum.knowledge.mappings import read_mappings
from primum.use_cases.exporting.jsonld import jsonld
from primum.use_cases.exporting.kgx import kgx
from primum.use_cases.exporting.merged import merged
from primum.use_cases.exporting.obo_definitions import obo_definitions
from primum.use_cases.exporting.obographs import obograph

_PREFIXES: Final = {**PREFIXES, "obo": OBO, "vann": VANN}


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name, what it is for, and its texts by the name of their file.

    A form of one file is written to the path that is asked for, one of several into that folder.
    """

    name: str
    about: str
    texts: Callable[[Place], Mapping[str, str]]
    files: tuple[str, ...]


def _rdf(place: Place, media: ox.RdfFormat) -> str:
    """The merged ontology in a form of RDF."""
    triples = (ox.Triple(*triple) for triple in merged(place))
    return (ox.serialize(triples, format=media, prefixes=_PREFIXES) or b"").decode()


def _turtle(place: Place) -> Mapping[str, str]:
    text = _rdf(place, ox.RdfFormat.TURTLE)
    return {"primum.ttl": normalised(text, name="primum.ttl")}


def _graph(place: Place) -> Mapping[str, str]:
    mappings = sorted(read_mappings(files.mappings_file(place)))
    return {"primum.obographs.json": obograph(merged(place), mappings)}


_ALL: Final = (
    Form("turtle", "the merged ontology, as Protégé writes it", _turtle, ("primum.ttl",)),
    Form(
        "rdfxml",
        "the merged ontology in RDF/XML",
        lambda place: {"primum.owl": _rdf(place, ox.RdfFormat.RDF_XML)},
        ("primum.owl",),
    ),
    Form(
        "ntriples",
        "the merged ontology, a statement a line",
        lambda place: {"primum.nt": _rdf(place, ox.RdfFormat.N_TRIPLES)},
        ("primum.nt",),
    ),
    Form(
        "jsonld",
        "the merged ontology in JSON-LD, with a context",
        lambda place: {"primum.jsonld": jsonld(merged(place))},
        ("primum.jsonld",),
    ),
    Form("obograph", "terms and links as an OBO graph", _graph, ("primum.obographs.json",)),
    Form("kgx", "rules and links as KGX tables, in Biolink", kgx, ("nodes.tsv", "edges.tsv")),
    Form(
        "obo-definitions",
        "the module ontology/obo.ttl, written anew",
        lambda place: {"obo.ttl": obo_definitions(place)},
        ("obo.ttl",),
    ),
)
FORMS: Final[Mapping[str, Form]] = {form.name: form for form in _ALL}


def export(place: Place, form: str, path: Path) -> list[Path]:
    """Write the knowledge of a place in a form; the files that were written.

    `path` is the file, or for a form of several files the folder, which is made. Nothing is
    written where the knowledge cannot be read. Raises InvalidValue for a form that there is not,
    KnowledgeError where the knowledge does not read or compile.
    """
    if form not in FORMS:
        raise InvalidValue(f"There is no form {form!r}. There are {', '.join(FORMS)}.")
    texts = FORMS[form].texts(place)
    if len(FORMS[form].files) > 1:
        path.mkdir(parents=True, exist_ok=True)
        written = {path / name: text for name, text in texts.items()}
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = dict.fromkeys([path], next(iter(texts.values())))
    for file, text in written.items():
        file.write_text(text, encoding="utf-8", newline="\n")
    return list(written)
