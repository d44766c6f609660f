"""KGX: the knowledge as two tables, nodes and edges, in the words of the Biolink model."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import OWL, RDFS, SKOS, Kind, local_name
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.mappings import read_mappings
from primum.knowledge.rdf import Triples
from primum.use_cases.compiling import Compiled, compile_knowledge
from primum.use_cases.exporting.biolink import Biolink, read_biolink
from primum.use_cases.exporting.kgx_links import link_edges
from primum.use_cases.exporting.kgx_rules import rule_edges
from primum.use_cases.exporting.kgx_words import EDGE_COLUMNS, PROVIDER, Row, curie, joined

NODE_COLUMNS: Final = ("id", "category", "name", "description", "synonym", "xref", "provided_by")


def kgx(place: Place) -> Mapping[str, str]:
    """The two tables by the name of their file.

    Raises KnowledgeError where the knowledge does not compile, and UnreadableFile where
    ontology/biolink.tsv has no word for something.
    """
    compiled, biolink = compile_knowledge(place), read_biolink(place)
    xrefs: dict[str, list[str]] = {}
    for one, _, other in read_mappings(files.mappings_file(place)):
        xrefs.setdefault(one, []).append(other)
    nodes = sorted(_nodes(compiled, biolink, xrefs), key=lambda row: row["id"])
    known = {row["id"] for row in nodes}
    edges = [*link_edges(compiled, biolink), *rule_edges(compiled, biolink)]
    kept = [edge for edge in edges if {edge["subject"], edge["object"]} <= known]
    if lost := {edge["id"] for edge in edges} - {edge["id"] for edge in kept}:
        raise UnreadableFile(
            f"ontology/biolink.tsv gives no category to an end of {min(lost)}, "
            f"and of {len(lost) - 1} more edges."
        )
    return {
        "nodes.tsv": _table(NODE_COLUMNS, nodes),
        "edges.tsv": _table(EDGE_COLUMNS, sorted(kept, key=lambda row: row["id"])),
    }


def _nodes(compiled: Compiled, biolink: Biolink, xrefs: Mapping[str, list[str]]) -> Iterator[Row]:
    """The classes of each kind that has a category, and the sources."""
    said, categories = compiled.triples, biolink.categories()
    for node in said.named_of_type(OWL + "Class"):
        above = compiled.entailed.above.get(node.value, frozenset())
        if kinds := _narrowest(above & categories.keys(), compiled.entailed.above):
            found = sorted({categories[kind] for kind in kinds})
            yield _node(said, node, found, xrefs.get(node.value, []))
    for node in said.named_of_type(Kind.SOURCE):
        yield _node(said, node, [categories[Kind.SOURCE]], [])


def _narrowest(kinds: frozenset[str], above: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those kinds that have no other among them below them."""
    wider = {one for kind in kinds for one in above.get(kind, frozenset()) - {kind}}
    return kinds - wider


def _node(said: Triples, node: ox.NamedNode, categories: list[str], xrefs: list[str]) -> Row:
    """The row of a term."""
    return {
        "id": curie(node.value),
        "category": joined(categories),
        "name": said.text(node, RDFS + "label") or local_name(node.value),
        "description": said.text(node, SKOS + "definition"),
        "synonym": joined(said.texts(node, SKOS + "altLabel")),
        "xref": joined(sorted(xrefs)),
        "provided_by": PROVIDER,
    }


def _table(columns: tuple[str, ...], rows: Iterable[Row]) -> str:
    """Tab-separated values as KGX reads them: no quotes, a line a row."""
    written = io.StringIO()
    table = csv.DictWriter(
        written,
        columns,
        restval="",
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
        quotechar=None,
        lineterminator="\n",
    )
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()
