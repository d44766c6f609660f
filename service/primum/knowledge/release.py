"""Releases: compiled knowledge as one dataset and a manifest, never seen half written.

The dataset is N-Quads, canonical (RDFC-1.0 names for blank nodes) and sorted, so that the same
inputs give the same bytes. It is named by its content; the manifest, replaced last, says which
dataset is the current one.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.names import DCTERMS, OWL, RDFS, SKOS, Flat, Graph, Kind, Link
from primum.knowledge.assembly import (
    convention,
    describe_rule,
    example,
    findings,
    notice,
    phrases,
    readiness,
    terms,
)
from primum.knowledge.flat import read_axioms, read_closure, read_effect, read_regions
from primum.knowledge.rdf import Triples
from primum.knowledge.record_shapes import read_record_shapes
from primum.knowledge.shacl import literal
from primum.model.knowledge import Edition, Knowledge
from primum.model.rules import Rule
from primum.model.shapes import RecordShapes

FORMAT = 3
_MANIFEST = "manifest.json"
_TRIES = 10
_KINDS = frozenset({Kind.INJURY, Kind.TREATMENT, Kind.FACTOR})
_READ = tuple(
    [RDFS + "label", SKOS + "definition", SKOS + "altLabel", SKOS + "note"]
    + [DCTERMS + name for name in ("identifier", "source", "creator", "date")]
    + [DCTERMS + "bibliographicCitation", Link.TRUST, Link.LOCATOR]
    + [Link.RATIONALE, Link.CONFIDENCE, Link.SCOPE, Link.STAGE, Link.EVIDENCE, Link.PATTERN]
    + [Link.READINESS_QUESTION, Link.READINESS_VERDICT, Link.EXAMPLE_QUESTION]
    + [OWL + name for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")]
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is of: `digest` covers its inputs, `content` the dataset's bytes."""

    version: str
    digest: str
    counts: dict[str, int]
    tools: dict[str, str]
    content: str = ""
    format: int = FORMAT

    @property
    def dataset(self) -> str:
        """The file name of the dataset."""
        return f"knowledge-{self.content.removeprefix('sha256:')[:16]}.nq"


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as N-Quads in canonical form: the same set of quads gives the same bytes."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()


def write_release(folder: Path, manifest: Manifest, content: bytes) -> Manifest:
    """Write dataset and manifest; a reader sees the old release or the new one, never a mixture."""
    folder.mkdir(parents=True, exist_ok=True)
    named = replace(manifest, content=_digest(content))
    _replace(folder / named.dataset, content)
    _replace(folder / _MANIFEST, (json.dumps(asdict(named), indent=2) + "\n").encode())
    for stale in folder.glob("knowledge-*.nq"):
        if stale.name != named.dataset:
            stale.unlink(missing_ok=True)
    return named


def _digest(content: bytes) -> str:
    """The digest by which a manifest names its dataset."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _replace(path: Path, content: bytes) -> None:
    """Put content in place under a name, all at once."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
        temporary = Path(folder) / path.name
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the release in a folder; raises KnowledgeNotFound where there is none."""
    path = folder / _MANIFEST
    if not path.is_file():
        raise KnowledgeNotFound(f"No release in {folder}. Run `primum build` to make one.")
    try:
        stated = json.loads(path.read_bytes())
        if stated["format"] != FORMAT:
            raise KnowledgeNotFound(
                f"The release in {folder} is of format {stated['format']}; this Primum reads "
                f"format {FORMAT}. Run `primum build`."
            )
        return Manifest(**stated)
    except (ValueError, TypeError, KeyError) as error:
        raise KnowledgeNotFound(f"{path} is no manifest. Run `primum build`.") from error


@dataclass(frozen=True, slots=True)
class Release:
    """A release in memory: the store that queries run on, and the knowledge answers rest on."""

    manifest: Manifest
    store: ox.Store
    knowledge: Knowledge
    shapes: RecordShapes

    def record_shapes(self) -> Iterator[ox.Quad]:
        """The shapes of case records as RDF."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(Graph.SHAPES))

    def looked_up(self) -> Iterator[ox.Quad]:
        """What the shapes of case records look up about classes, as RDF."""
        for predicate in (*self.shapes.facts, Flat.ASKS_FOR, Flat.ASKED_BY_RULES):
            yield from _inferred(self.store, predicate)


def load_release(folder: Path) -> Release:
    """Load the current release of a folder; raises KnowledgeNotFound where none is whole."""
    return open_release(*_read_whole(folder))


def open_release(manifest: Manifest, content: bytes) -> Release:
    """The release that a manifest and the dataset it names make, wherever they are kept."""
    store = ox.Store()
    store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
    return Release(manifest, store, read_knowledge(store, manifest), _record_shapes(store))


def _record_shapes(store: ox.Store) -> RecordShapes:
    """The shapes of case records, with what they look up about classes."""
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(Graph.SHAPES))

    def values(predicate: str) -> dict[str, frozenset[str | int | bool]]:
        found: dict[str, set[str | int | bool]] = defaultdict(set)
        for quad in _inferred(store, predicate):
            if not (isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple)):
                found[quad.subject.value].add(literal(quad.object))
        return {iri: frozenset(members) for iri, members in found.items()}

    return read_record_shapes(Triples(quads), values)


def _inferred(store: ox.Store, predicate: str) -> Iterator[ox.Quad]:
    """The statements of a property that the build has derived."""
    inferred = ox.NamedNode(Graph.INFERRED)
    return store.quads_for_pattern(None, ox.NamedNode(predicate), None, inferred)


def pin(folder: Path, manifest: Manifest, into: Path) -> None:
    """Put a release into another folder too, where it stays whatever replaces it in the first.

    Raises KnowledgeNotFound where it has been replaced already.
    """
    try:
        _link(folder / manifest.dataset, into / manifest.dataset)
    except FileNotFoundError as error:
        raise KnowledgeNotFound(f"{folder} holds another release by now.") from error
    _replace(into / _MANIFEST, json.dumps(asdict(manifest)).encode())


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where no file system spans both."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.ENOTSUP):
            raise
        shutil.copyfile(source, target)


def _read_whole(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest and the dataset it names; read again when a writer has just replaced them."""
    manifest = read_manifest(folder)
    for _ in range(_TRIES):
        try:
            content = (folder / manifest.dataset).read_bytes()
        except FileNotFoundError:
            content = b""
        if manifest.content == _digest(content):
            return manifest, content
        manifest = read_manifest(folder)
    raise KnowledgeNotFound(
        f"{folder / manifest.dataset} is missing or damaged. Run `primum build --force`."
    )


def read_knowledge(store: ox.Store, manifest: Manifest) -> Knowledge:
    """The knowledge that answers rest on, from the graphs of a release."""
    asserted = Triples(
        quad
        for predicate in _READ
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(predicate), None, ox.NamedNode(Graph.ASSERTED)
        )
    )
    generated = Triples(
        quad
        for graph in (Graph.INFERRED, Graph.RULES)
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    )
    axioms = read_axioms(generated, _KINDS)
    return Knowledge(
        edition=Edition(manifest.version, manifest.digest),
        notice=notice(asserted),
        convention=convention(asserted),
        injuries=terms(asserted, axioms, Kind.INJURY),
        treatments=terms(asserted, axioms, Kind.TREATMENT),
        factors=terms(asserted, axioms, Kind.FACTOR),
        rules=_rules(asserted, generated),
        axioms=axioms,
        phrases=phrases(asserted),
        findings=findings(asserted, read_closure(generated)),
        readiness=readiness(asserted),
        example=example(asserted),
    )


def _rules(asserted: Triples, generated: Triples) -> tuple[Rule, ...]:
    """The rules with their regions and their grounds, by IRI."""
    found = []
    for iri, entries in sorted(read_regions(generated).items()):
        regions, bounds = zip(*entries, strict=True)
        topic = generated.text(ox.NamedNode(iri), Flat.TOPIC)
        effect = read_effect(generated, iri)
        found.append(describe_rule(asserted, iri, effect, regions, bounds, topic))
    return tuple(found)
