"""SSSOM tables become SKOS triples; a fault is reported with file and line."""

from pathlib import Path

import pytest

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE, SKOS
from primum.knowledge.files import mappings_file
from primum.knowledge.locate import Place
from primum.knowledge.mappings import read_mappings

HEADER = """\
#mapping_set_id: https://w3id.org/primum/mappings
#curie_map:
#  primum: https://w3id.org/primum/
#  DOID: http://purl.obolibrary.org/obo/DOID_
"""
COLUMNS = "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\n"
ROW = "primum:Asthma\tAsthma\tskos:exactMatch\tDOID:2841\tsemapv:ManualMappingCuration\n"


def table(folder: Path, text: str) -> Path:
    """A table in a file."""
    path = folder / "mappings.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_becomes_a_triple_of_iris(tmp_path: Path) -> None:
    """Prefixes are expanded by the file's own map."""
    expected = [(BASE + "Asthma", SKOS + "exactMatch", "http://purl.obolibrary.org/obo/DOID_2841")]
    assert expected == list(read_mappings(table(tmp_path, HEADER + COLUMNS + ROW)))


@pytest.mark.parametrize("kind", ["exact", "close", "broad", "narrow", "related"])
def test_every_skos_relation_is_read(kind: str, tmp_path: Path) -> None:
    """The five mapping relations of SKOS are allowed."""
    row = ROW.replace("exactMatch", f"{kind}Match")
    ((_, relation, _),) = read_mappings(table(tmp_path, HEADER + COLUMNS + row))
    assert f"{SKOS}{kind}Match" == relation


def test_quotes_and_further_columns_are_plain_text(tmp_path: Path) -> None:
    """A label may hold a quotation mark, and a table more columns than we read."""
    columns = COLUMNS.replace("\n", "\tcomment\n")
    row = ROW.replace("\tAsthma\t", '\t"Asthma, the disease\t').replace("\n", '\tsaid "so"\n')
    assert len(list(read_mappings(table(tmp_path, HEADER + columns + row)))) == 1


def test_a_table_without_rows_gives_nothing(tmp_path: Path) -> None:
    """A new mapping file starts empty."""
    assert not list(read_mappings(table(tmp_path, HEADER + COLUMNS)))


FAULTS = {
    "prefix-of-subject": (
        "6: the prefix 'nowhere' is not in the curie_map \\(DOID, primum\\)",
        COLUMNS + ROW.replace("primum:Asthma", "nowhere:Asthma"),
    ),
    "prefix-of-object": (
        "7: the prefix 'MESH' is not in the curie_map",
        COLUMNS + ROW + ROW.replace("DOID:2841", "MESH:D001249"),
    ),
    "no-prefix": (
        "6: the prefix 'Asthma' is not in the curie_map",
        COLUMNS + ROW.replace("primum:Asthma", "Asthma"),
    ),
    "predicate": (
        "6: owl:sameAs is none of skos:broadMatch, skos:closeMatch",
        COLUMNS + ROW.replace("skos:exactMatch", "owl:sameAs"),
    ),
    "predicate-in-full": (
        "6: http://.* is none of",
        COLUMNS + ROW.replace("skos:exactMatch", SKOS + "exactMatch"),
    ),
    "empty-cell": ("6: object_id is empty", COLUMNS + ROW.replace("DOID:2841", "")),
    "two-empty-cells": (
        "6: subject_id, predicate_id is empty",
        COLUMNS + ROW.replace("primum:Asthma", "").replace("skos:exactMatch", ""),
    ),
    "short-row": (
        "6: object_id, mapping_justification is empty",
        COLUMNS + "primum:Asthma\tAsthma\tskos:exactMatch\n",
    ),
    "no-such-column": (
        "6: mapping_justification is empty",
        COLUMNS.replace("mapping_justification", "justified") + ROW,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_with_file_and_line(fault: str, tmp_path: Path) -> None:
    """The error names the file and the line as an editor counts it."""
    message, rows = FAULTS[fault]
    with pytest.raises(UnreadableFile, match=rf"mappings\.sssom\.tsv:{message}"):
        list(read_mappings(table(tmp_path, HEADER + rows)))


def test_a_blank_line_does_not_shift_the_count(tmp_path: Path) -> None:
    """The line of a fault is that of the file, whatever stands before it."""
    rows = COLUMNS + ROW + "\n" + ROW.replace("DOID:2841", "")
    with pytest.raises(UnreadableFile, match=r"mappings\.sssom\.tsv:8: object_id is empty"):
        list(read_mappings(table(tmp_path, HEADER + rows)))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "#curie_map: text\n",
        "#curie_map:\n",
        "#curie_map: [\n",
        "#just a text\n",
    ],
    ids=["none", "no-map", "empty", "no-yaml", "no-header"],
)
def test_a_header_that_maps_no_prefix_is_a_fault_of_the_file(header: str, tmp_path: Path) -> None:
    """Whatever is wrong with the header, the error is ours and names the file."""
    with pytest.raises(UnreadableFile, match=r"mappings\.sssom\.tsv"):
        list(read_mappings(table(tmp_path, header + COLUMNS + ROW)))


@pytest.mark.parametrize("name", ["28 41", "<2841>"])
def test_an_identifier_that_makes_no_iri_is_a_fault(name: str, tmp_path: Path) -> None:
    """A blank in an identifier is found where the line is known, not when triples are made."""
    row = ROW.replace("DOID:2841", f"DOID:{name}")
    with pytest.raises(UnreadableFile, match=r"mappings\.sssom\.tsv:6"):
        list(read_mappings(table(tmp_path, HEADER + COLUMNS + row)))


def test_the_shipped_mappings_are_read(place: Place) -> None:
    """Each shipped row maps a term of Primum to one of another vocabulary."""
    found = list(read_mappings(mappings_file(place)))
    assert len(found) > 100
    assert not [
        one for one, _, other in found if not one.startswith(BASE) or other.startswith(BASE)
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A build without the table says which file it lacks."""
    with pytest.raises(UnreadableFile, match=r"mappings\.sssom\.tsv is missing"):
        list(read_mappings(tmp_path / "mappings.sssom.tsv"))
