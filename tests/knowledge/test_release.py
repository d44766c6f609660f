"""A release is the same for the same inputs, whole or not there, and reads back as it was made."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from shutil import copytree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CopyKnowledge
from tests.graphs import quads

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.names import Graph
from primum.knowledge import files
from primum.knowledge.assembly import assemble
from primum.knowledge.locate import Place
from primum.knowledge.origins import Origins
from primum.knowledge.rdf import Triples
from primum.knowledge.reasoner import reason
from primum.knowledge.release import (
    FORMAT,
    Manifest,
    canonical,
    load_release,
    read_manifest,
    write_release,
)
from primum.model.knowledge import Axioms, Edition, Knowledge
from primum.use_cases.build import build, is_current

BUILD = """
import sys
from pathlib import Path
from primum.knowledge.locate import Place
from primum.use_cases.build import build
build(Place(Path(sys.argv[1])), force=True)
"""
MANIFEST = Manifest(version="1.0.0", digest="sha256:0", counts={"rules": 1}, tools={"java": "25"})
CONTENT = b"<urn:a> <urn:b> <urn:c> <urn:g> .\n"


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of each file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def built(copy_knowledge: CopyKnowledge) -> tuple[Place, Place]:
    """Two copies of the knowledge, each built in a process with its own order of sets."""
    places = copy_knowledge(), copy_knowledge()
    runs = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", BUILD, str(place.root)],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for place, seed in zip(places, ("1", "2"), strict=True)
    ]
    codes = [run.wait(timeout=600) for run in runs]
    assert not any(codes)
    return places


@pytest.fixture
def copied(built: tuple[Place, Place], tmp_path: Path) -> Place:
    """A copy of a built place, to tamper with."""
    root = tmp_path / "copied"
    copytree(built[0].root, root)
    return Place(root)


@pytest.fixture(scope="module")
def assembled(built: tuple[Place, Place]) -> Knowledge:
    """The knowledge that a build assembles, before it is written."""
    place = built[0]
    sources = files.read(place)
    entailed = reason(sources.dataset)
    edition = Edition(sources.version, files.digest(place))
    return assemble(Triples(sources.dataset), entailed.above, edition, sources.declared_in)


def test_the_same_inputs_give_the_same_bytes(built: tuple[Place, Place]) -> None:
    """Dataset and manifest are equal, byte by byte, whatever the order of sets and blank nodes."""
    one, other = (contents(place.release) for place in built)
    assert one == other


def test_a_release_is_a_manifest_and_the_dataset_it_names(built: tuple[Place, Place]) -> None:
    """The dataset is named by its content; nothing else is left in the folder."""
    manifest = read_manifest(built[0].release)
    assert {"manifest.json", manifest.dataset} == set(contents(built[0].release))
    assert manifest.content.removeprefix("sha256:").startswith(manifest.dataset[10:26])


def test_a_release_holds_its_graphs(built: tuple[Place, Place]) -> None:
    """Asserted, inferred, rules, mappings and shapes, each with triples of its own."""
    store = load_release(built[0].release).store
    expected = {Graph.ASSERTED, Graph.INFERRED, Graph.RULES, Graph.MAPPINGS, Graph.SHAPES}
    assert expected == {str(name).strip("<>") for name in store.named_graphs()}


def test_a_release_says_where_each_axiom_stands(built: tuple[Place, Place]) -> None:
    """Proofs lead back to the files: each axiom on a named subject stands in one of them."""
    place = built[0]
    release = load_release(place.release)
    quads = list(release.store.quads_for_pattern(None, None, None, ox.NamedNode(Graph.INFERRED)))
    origins = Origins.read(quads)
    heads = [triple for triple in files.read(place).heads if isinstance(triple[0], ox.NamedNode)]
    stated = {origins.file(head) for head in heads}
    there = {p.relative_to(place.root).as_posix() for p in files.knowledge_files(place)}
    assert len(heads) > 1000
    assert "" not in stated
    assert stated <= there


def test_the_counts_of_the_manifest_are_those_of_the_knowledge(
    built: tuple[Place, Place], assembled: Knowledge
) -> None:
    """What `primum info` shows is what there is."""
    release = load_release(built[0].release)
    counts = release.manifest.counts
    expected = {
        "injuries": len(assembled.injuries),
        "treatments": len(assembled.treatments),
        "factors": len(assembled.factors),
        "contraindications": sum(1 for rule in assembled.rules if rule.level),
        "regions": sum(len(rule.regions) for rule in assembled.rules),
        "triples": len(release.store),
    }
    assert expected == {name: counts[name] for name in expected}
    assert len(assembled.rules) == counts["contraindications"] + counts["recommendations"]


@pytest.mark.parametrize(
    "part", [field.name for field in fields(Knowledge) if field.name != "axioms"]
)
def test_a_release_reads_back_as_it_was_assembled(
    part: str, built: tuple[Place, Place], assembled: Knowledge
) -> None:
    """Terms, rules with their regions and grounds, and axioms survive the way through RDF."""
    read = load_release(built[0].release).knowledge
    assert getattr(assembled, part) == getattr(read, part)


@pytest.mark.parametrize("part", [field.name for field in fields(Axioms)])
def test_axioms_read_back_as_they_were_assembled(
    part: str, built: tuple[Place, Place], assembled: Knowledge
) -> None:
    """Hierarchy, disjointness, implied factors, grades and ages survive the way through RDF."""
    read = load_release(built[0].release).knowledge.axioms
    assert getattr(assembled.axioms, part) == getattr(read, part)


def test_a_build_without_a_change_leaves_the_release_alone(copied: Place) -> None:
    """The release is cached by the digest of its inputs: no file is touched."""
    before = {path: path.stat().st_mtime_ns for path in copied.release.iterdir()}
    manifest = build(copied)
    assert read_manifest(copied.release) == manifest
    assert before == {path: path.stat().st_mtime_ns for path in copied.release.iterdir()}


def test_a_changed_comment_makes_a_new_release(copied: Place) -> None:
    """Any change of an input makes the release outdated; building makes it current again."""
    before = read_manifest(copied.release)
    rule = copied.rules / "contraindications" / "massage.ttl"
    rule.write_text(rule.read_text() + "# A remark.\n")
    assert not is_current(copied)
    after = build(copied)
    assert is_current(copied)
    assert replace(before, digest=after.digest) == after
    assert before.digest != after.digest


def test_a_folder_without_a_release_is_not_current(tmp_path: Path) -> None:
    """A fresh checkout has to be built first."""
    assert not is_current(Place(tmp_path))


def test_a_missing_manifest_is_no_release(tmp_path: Path) -> None:
    """The error says how to make one."""
    with pytest.raises(KnowledgeNotFound, match=r"No release in .*\. Run `primum build`"):
        load_release(tmp_path)


def test_a_missing_dataset_is_no_release(tmp_path: Path) -> None:
    """A manifest alone does not answer questions."""
    written = write_release(tmp_path, MANIFEST, CONTENT)
    (tmp_path / written.dataset).unlink()
    with pytest.raises(KnowledgeNotFound, match=r"knowledge-\w+\.nq is missing or damaged\. Run"):
        load_release(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", CONTENT[:-5], CONTENT + CONTENT, CONTENT.replace(b"urn:a", b"urn:z")]
)
def test_a_damaged_dataset_is_no_release(content: bytes, tmp_path: Path) -> None:
    """A single changed byte is found before anything is answered from it."""
    written = write_release(tmp_path, MANIFEST, CONTENT)
    (tmp_path / written.dataset).write_bytes(content)
    with pytest.raises(KnowledgeNotFound, match=r"knowledge-\w+\.nq is missing or damaged\. Run"):
        load_release(tmp_path)


@pytest.mark.parametrize("stated", [FORMAT + 1, FORMAT - 1, None, str(FORMAT)])
def test_a_release_of_another_format_is_not_read(stated: object, tmp_path: Path) -> None:
    """A release that an older or newer Primum made is built anew, not misread."""
    write_release(tmp_path, MANIFEST, CONTENT)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": stated}))
    with pytest.raises(KnowledgeNotFound, match=rf"is of format {stated}; this Primum reads"):
        load_release(tmp_path)


BROKEN_MANIFESTS = {
    "empty": "",
    "cut-off": '{"version": "1.0.0", "dig',
    "list": "[]",
    "field-missing": json.dumps({"format": FORMAT, "version": "1.0.0"}),
    "field-unknown": json.dumps({"format": FORMAT, "colour": "green"}),
}


@pytest.mark.parametrize("fault", BROKEN_MANIFESTS)
def test_a_broken_manifest_is_no_release(fault: str, tmp_path: Path) -> None:
    """Whatever is wrong with the manifest, the error says what to do about it."""
    write_release(tmp_path, MANIFEST, CONTENT)
    (tmp_path / "manifest.json").write_text(BROKEN_MANIFESTS[fault])
    with pytest.raises(KnowledgeNotFound, match="primum build"):
        read_manifest(tmp_path)


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """What is written is what is read, and what the writer is given back."""
    written = write_release(tmp_path, MANIFEST, CONTENT)
    assert written == read_manifest(tmp_path)
    assert replace(MANIFEST, content=written.content) == written


def test_a_new_release_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """Datasets do not pile up."""
    write_release(tmp_path, MANIFEST, CONTENT)
    written = write_release(tmp_path, MANIFEST, CONTENT + b"<urn:d> <urn:e> <urn:f> <urn:g> .\n")
    assert {"manifest.json", written.dataset} == set(contents(tmp_path))


def test_others_may_read_a_release(tmp_path: Path) -> None:
    """The build may run as another user than the service."""
    write_release(tmp_path, MANIFEST, CONTENT)
    assert {0o644} == {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}


CUT_OFF = """
import resource, sys
from pathlib import Path
from primum.knowledge.release import Manifest, write_release
manifest = Manifest(version="2.0.0", digest="sha256:1", counts={}, tools={})
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write_release(Path(sys.argv[1]), manifest, b"x" * 100)
except OSError:
    sys.exit(3)
"""


@pytest.fixture(params=[50, 150], ids=["in-the-dataset", "in-the-manifest"])
def cut_off(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with a release, on which writing a new one was cut off after so many bytes."""
    write_release(tmp_path, MANIFEST, CONTENT)
    run = subprocess.run(
        [sys.executable, "-c", CUT_OFF, str(tmp_path), str(request.param)], timeout=300, check=False
    )
    assert run.returncode == 3
    return tmp_path


def test_an_interrupted_write_leaves_the_old_release_readable(cut_off: Path) -> None:
    """A disk that fills up half-way, in the dataset or in the manifest, harms no reader."""
    release = load_release(cut_off)
    expected = ("1.0.0", 1)
    assert expected == (release.manifest.version, len(release.store))


def test_an_interrupted_write_leaves_no_rubbish(cut_off: Path) -> None:
    """A disk that is full must not be filled further by each attempt."""
    assert not [path.name for path in cut_off.iterdir() if path.name.startswith("tmp")]


WRITE_ON = """
import sys
from pathlib import Path
from primum.knowledge.release import Manifest, write_release
manifest = Manifest(version="1.0.0", digest="sha256:0", counts={}, tools={})
for number in range(400):
    content = f"<urn:a> <urn:b> <urn:c{number % 2}> <urn:g> .\\n".encode()
    write_release(Path(sys.argv[1]), manifest, content)
"""


def test_a_reader_beside_a_writer_sees_a_whole_release(tmp_path: Path) -> None:
    """While releases are replaced again and again, each load finds the old or the new one."""
    write_release(tmp_path, MANIFEST, CONTENT)
    with subprocess.Popen([sys.executable, "-c", WRITE_ON, str(tmp_path)]) as writer:
        try:
            while writer.poll() is None:
                assert len(load_release(tmp_path).store) == 1
        finally:
            writer.kill()
    assert not writer.returncode


BLANK = """
:A rdfs:subClassOf _:one . _:one owl:onProperty :p ; owl:someValuesFrom _:two .
_:two owl:unionOf _:cell . _:cell rdf:first :B ; rdf:rest () .
:C rdfs:subClassOf [ owl:complementOf :D ], [ owl:complementOf :E ] ; rdfs:label "c\\n\\"c\\""@en .
"""


@given(st.permutations(quads(BLANK)), st.permutations(["x", "y", "z", "b0", "one"]))
def test_canonical_bytes_depend_neither_on_order_nor_on_names(
    shuffled: list[ox.Quad], labels: list[str]
) -> None:
    """Quads in any order, with blank nodes of any name, give the same bytes."""
    fresh = iter(labels)
    renamed: dict[str, ox.BlankNode] = {}

    def rename(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.BlankNode | None:
        if not isinstance(node, ox.BlankNode):
            return None
        if node.value not in renamed:
            renamed[node.value] = ox.BlankNode(next(fresh))
        return renamed[node.value]

    copies = [
        ox.Quad(rename(q.subject) or q.subject, q.predicate, rename(q.object) or q.object)
        for q in shuffled
    ]
    assert canonical(quads(BLANK)) == canonical(copies)


def test_canonical_bytes_are_the_quads_as_n_quads() -> None:
    """What is written parses as N-Quads and holds the same quads, escapes and all."""
    content = canonical(quads(BLANK))
    parsed = list(ox.parse(content, format=ox.RdfFormat.N_QUADS))
    assert len(quads(BLANK)) == len(parsed)
    assert canonical(parsed) == content
    assert content.decode().splitlines() == sorted(content.decode().splitlines())


def test_different_quads_give_different_bytes() -> None:
    """One changed literal shows."""
    assert canonical(quads(BLANK)) != canonical(quads(BLANK.replace("@en", "@de")))
