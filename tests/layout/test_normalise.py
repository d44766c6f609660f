"""`primum normalise`: an edited file is brought into the layout, or refused with what is wrong."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import CopyKnowledge

from primum.cli import commands
from primum.foundation.errors import UnreadableFile, UnwritableAxiom
from primum.knowledge.locate import Place

ADDED = """
primum:NewMassage a owl:Class ;
    skos:definition "Says \\"no\\" in\\ntwo lines."@en ; rdfs:label "New massage"@en ;
    rdfs:subClassOf primum:Massage .
"""

PLACED = """
###  https://w3id.org/primum/NewMassage
primum:NewMassage rdf:type owl:Class ;
                  rdfs:subClassOf primum:Massage ;
                  rdfs:label "New massage"@en ;
                  skos:definition \"\"\"Says \\"no\\" in
two lines.\"\"\"@en .


###"""


@pytest.fixture
def copy(copy_knowledge: CopyKnowledge, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A copy of the knowledge, to which the settings point."""
    place = copy_knowledge()
    monkeypatch.setenv("PRIMUM_KNOWLEDGE", str(place.root))
    return place


def run(*arguments: str) -> Result:
    """The command, run; errors of Primum are raised."""
    return CliRunner().invoke(
        commands, ["normalise", *arguments], catch_exceptions=False, standalone_mode=False
    )


def edit(path: Path, text: str = ADDED) -> str:
    """Append to a file; gives what it was."""
    before = path.read_text()
    path.write_text(before + text)
    return before


def test_files_in_the_layout_are_left_alone(copy: Place) -> None:
    """Nothing changes, and nothing is touched."""
    path = copy.ontology / "core.ttl"
    touched = path.stat().st_mtime_ns
    result = run()
    assert "0 written." in result.stdout
    assert touched == path.stat().st_mtime_ns


def test_an_edit_is_put_into_its_place(copy: Place) -> None:
    """What was appended by hand stands where Protégé puts it, and little else changed."""
    path = copy.ontology / "treatments.ttl"
    before = edit(path)
    result = run(str(path))
    after = path.read_text()
    assert "ontology/treatments.ttl: " in result.stdout
    assert PLACED in after
    assert before.count("\n") + PLACED.count("\n") - 1 == after.count("\n")


def test_checking_tells_and_writes_nothing(copy: Place) -> None:
    """The exit code says that a file is not in the layout, and the file stays as it is.

    The module that repeats definitions would change with it.
    """
    path = copy.ontology / "treatments.ttl"
    edit(path)
    edited = path.read_text()
    result = run("--check", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    changed = {one["file"]: one["lines"] for one in document["changed"]}
    assert changed.keys() == {"ontology/obo.ttl", "ontology/treatments.ttl"}
    assert min(changed.values()) > 1
    assert edited == path.read_text()


def test_a_broken_file_stops_all(copy: Place) -> None:
    """File and line are told, and no other file is written either."""
    edit(copy.ontology / "core.ttl")
    edited = (copy.ontology / "core.ttl").read_text()
    lines = edit(copy.ontology / "treatments.ttl", "primum:Broken a ;\n").count("\n")
    with pytest.raises(UnreadableFile, match=rf"ontology/treatments\.ttl:{lines + 1}"):
        run()
    assert edited == (copy.ontology / "core.ttl").read_text()


def test_a_file_saved_as_rdf_xml_becomes_turtle_again(tmp_path: Path) -> None:
    """A curator who saved in Protégé's default format loses nothing."""
    path = tmp_path / "saved.ttl"
    path.write_text(
        '<?xml version="1.0"?>\n<rdf:RDF xmlns="https://example.org/t#"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:owl="http://www.w3.org/2002/07/owl#">'
        '<owl:Ontology rdf:about="https://example.org/t"/>'
        '<owl:Class rdf:about="https://example.org/t#A"/></rdf:RDF>'
    )
    run(str(path))
    assert ":A rdf:type owl:Class .\n" in path.read_text()


@pytest.mark.parametrize(
    "text", ["Prefix(:=<urn:a>)", "Prefix: : <urn:a>", '<?xml version="1.0"?><Ontology xmlns="x"/>']
)
def test_other_formats_are_refused(text: str, tmp_path: Path) -> None:
    """What may stand there instead is said."""
    path = tmp_path / "other.ttl"
    path.write_text(text)
    with pytest.raises(UnreadableFile, match="Turtle Syntax"):
        run(str(path))


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("owl:sameAs", "<urn:x> owl:sameAs <urn:y> ."),
        ("owl:hasKey", "<urn:x> owl:hasKey ( <urn:y> ) ."),
        ("two kinds", "<urn:x> a owl:Class, owl:ObjectProperty ."),
        (
            "without an end",
            "<urn:x> owl:disjointUnionOf _:l .\n_:l rdf:first <urn:y> ; rdf:rest _:l .",
        ),
        ("1.5e0", '<urn:x> rdfs:label "1.5e0"^^xsd:double .'),
        ("2026", '<urn:x> rdfs:label "2026-11-22"^^xsd:date .'),
        (
            "not stated",
            "[] a owl:Axiom ; owl:annotatedSource <urn:x> ;"
            " owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget <urn:y> .",
        ),
        ("out of place", "[] owl:onProperty <urn:p> ; a owl:Restriction ."),
        ("itself", "<urn:x> owl:equivalentClass <urn:x> ."),
    ],
)
def test_what_cannot_be_written_exactly_is_refused(named: str, said: str, copy: Place) -> None:
    """It is named, never dropped, and the file stays."""
    path = copy.ontology / "core.ttl"
    edit(path, f"@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n{said}\n")
    edited = path.read_text()
    with pytest.raises(UnwritableAxiom, match=named):
        run(str(path))
    assert edited == path.read_text()


def test_a_folder_is_its_turtle_without_shapes(copy: Place) -> None:
    """Shapes are no ontology; Protégé would destroy their lists."""
    result = run(str(copy.rules), "--json")
    expected = len([*copy.rules.glob("contraindications/*"), *copy.rules.glob("recommendations/*")])
    assert expected == json.loads(result.stdout)["files"]


def test_what_is_not_there_is_told(copy: Place) -> None:
    """A wrong path is wrong use."""
    result = CliRunner().invoke(commands, ["normalise", str(copy.root / "nowhere.ttl")])
    assert result.exit_code == 2
