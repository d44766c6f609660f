"""The files of the knowledge are read as they stand, and what is wrong with one names it."""

from pathlib import Path

import pytest
from tests.conftest import CopyKnowledge
from tests.graphs import PREFIXES

from primum.foundation.errors import UnreadableFile, UnsafeAnnotation
from primum.foundation.names import BASE, Graph
from primum.knowledge import files
from primum.knowledge.locate import Place

ROOT = PREFIXES + '<https://w3id.org/primum/ontology> a owl:Ontology ; owl:versionInfo "1.2.3" .\n'
RULE = PREFIXES + ":Rule a owl:Class .\n"


@pytest.fixture
def small(tmp_path: Path) -> Place:
    """A place with a root ontology, one rule of each kind, a shape and no mappings."""
    for path, text in {
        "ontology/primum.ttl": ROOT,
        "ontology/mappings.sssom.tsv": "#curie_map: {}\n",
        "rules/contraindications/massage.ttl": RULE,
        "rules/recommendations/strains.ttl": RULE.replace(":Rule", ":OtherRule"),
        "rules/shapes/rule.ttl": "This is no Turtle, and no part of the ontology.\n",
    }.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Place(tmp_path)


def rule_file(place: Place) -> Path:
    """The file of the contraindication."""
    return place.rules / "contraindications" / "massage.ttl"


def test_ontology_and_rules_are_read_but_shapes_are_not(small: Place) -> None:
    """Shapes are never part of the ontology: Protégé would destroy their lists."""
    names = [path.relative_to(small.root).as_posix() for path in files.knowledge_files(small)]
    expected = [
        "ontology/primum.ttl",
        "rules/contraindications/massage.ttl",
        "rules/recommendations/strains.ttl",
    ]
    assert expected == names


def test_the_files_become_one_graph_with_the_version_of_the_root(small: Place) -> None:
    """All quads stand in the asserted graph; the root ontology says which version it is."""
    sources = files.read(small)
    expected = ({Graph.ASSERTED}, "1.2.3", 4)
    graphs = {str(quad.graph_name).strip("<>") for quad in sources.dataset}
    assert expected == (graphs, sources.version, len(sources.dataset))


def test_each_term_is_known_to_stand_in_its_file(small: Place) -> None:
    """The topic of a rule is the file it stands in."""
    declared = files.read(small).declared_in
    expected = {BASE + "Rule": "massage", BASE + "OtherRule": "strains"}
    assert expected == {iri: declared[iri].stem for iri in expected}


def test_each_axiom_is_known_to_stand_in_its_file(small: Place) -> None:
    """A proof names the file of each axiom that it uses; several may be about one subject."""
    first, second = files.knowledge_files(small)[1:]
    first.write_text(PREFIXES + "<urn:first> a owl:Ontology . :A rdfs:subClassOf :B .\n")
    second.write_text(PREFIXES + "<urn:second> a owl:Ontology . :A owl:disjointWith :C .\n")
    sources = files.read(small)
    expected = {"subClassOf": "massage", "disjointWith": "strains"}
    found = {head[1].value.partition("#")[2]: path.stem for head, path in sources.heads.items()}
    assert expected == found
    assert [sources.ontologies[path] for path in (first, second)] == ["urn:first", "urn:second"]


def test_blank_nodes_of_two_files_never_meet(small: Place) -> None:
    """`_:b0` of one file is not `_:b0` of another."""
    for path in files.knowledge_files(small):
        path.write_text(path.read_text() + f"_:b0 rdfs:label '{path.stem}' .\n")
    labelled = {
        str(quad.subject)
        for quad in files.read(small).dataset
        if quad.predicate.value.endswith("#label")
    }
    assert len(labelled) == 3


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (10, "This is no Turtle.\n"),
        (11, ":A a owl:Class .\n:B a owl:Class\n:C a owl:Class .\n"),
        (10, ":A a nowhere:Class .\n"),
        (10, ':A rdfs:label "unfinished .\n'),
    ],
    ids=["prose", "no-full-stop", "unknown-prefix", "open-string"],
)
def test_a_syntax_error_names_file_and_line(line: int, text: str, small: Place) -> None:
    """The error leads to the place that an editor can open."""
    path = rule_file(small)
    path.write_text(RULE + text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        files.read(small)
    found, _, rest = str(caught.value).partition("massage.ttl:")
    assert str(path.parent) + "/" == found
    assert line <= int(rest.split(":")[0]) <= line + 1


def test_bytes_that_are_no_text_are_a_fault_of_the_file(small: Place) -> None:
    """A file in another encoding is an error that names it."""
    rule_file(small).write_bytes(
        RULE.encode() + ':A rdfs:label "Muskelzerrung für" .'.encode("latin-1")
    )
    with pytest.raises(UnreadableFile, match=r"massage\.ttl:"):
        files.read(small)


def test_an_annotation_that_runs_python_is_refused(small: Place) -> None:
    """owlready2 imports the module that an ontology names; such a file is never handed to it."""
    annotation = '<https://w3id.org/primum/rules> owlready:python_module "os" .\n'
    rule_file(small).write_text(RULE + annotation)
    with pytest.raises(UnsafeAnnotation, match=r"massage\.ttl: .*python_module.* Remove"):
        files.read(small)


def test_a_root_without_a_version_is_refused(small: Place) -> None:
    """Each answer names the version it rests on, so there has to be one."""
    (small.ontology / "primum.ttl").write_text(ROOT.replace("owl:versionInfo", "rdfs:comment"))
    with pytest.raises(UnreadableFile, match="states no owl:versionInfo"):
        files.read(small)


@pytest.mark.parametrize(
    "name",
    [
        "ontology/primum.ttl",
        "ontology/mappings.sssom.tsv",
        "rules/contraindications/massage.ttl",
        "rules/recommendations/strains.ttl",
    ],
)
def test_the_digest_changes_with_each_input(name: str, small: Place) -> None:
    """One byte more in any input makes another digest; taking it back restores the old one."""
    before = files.digest(small)
    path = small.root / name
    content = path.read_bytes()
    path.write_bytes(content + b"#\n")
    assert before != files.digest(small)
    path.write_bytes(content)
    assert before == files.digest(small)


def test_the_digest_changes_with_names_and_number_of_files(small: Place) -> None:
    """A rule that moves to another topic, or a new file, makes another digest."""
    digests = {files.digest(small)}
    moved = rule_file(small).rename(rule_file(small).with_name("heat.ttl"))
    digests.add(files.digest(small))
    moved.with_name("empty.ttl").write_text("")
    digests.add(files.digest(small))
    assert len(digests) == 3


def test_the_digest_tells_two_files_from_one_that_spells_out_both(small: Place) -> None:
    """The digest covers where each file ends, so no text in a file can pass for another file."""
    first, second = files.knowledge_files(small)[1:]
    first.write_text("# one\n")
    second.write_text("# two\n")
    before = files.digest(small)
    first.write_text(f"# one\n{second.relative_to(small.root).as_posix()}\n# two\n")
    second.unlink()
    assert before != files.digest(small)


def test_the_digest_does_not_change_with_what_is_no_input(small: Place) -> None:
    """Shapes, notes, times and the folder itself play no part."""
    before = files.digest(small)
    (small.rules / "shapes" / "rule.ttl").write_text("# another shape\n")
    (small.ontology / "README.md").write_text("A note.\n")
    rule_file(small).touch()
    assert before == files.digest(small)


def test_a_copy_has_the_digest_of_what_it_was_copied_from(
    place: Place, copy_knowledge: CopyKnowledge
) -> None:
    """The digest says what knowledge it is, wherever it lies."""
    assert files.digest(place) == files.digest(copy_knowledge())
