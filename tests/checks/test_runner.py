"""The checks run together: one that cannot run stops no other, and none is passed in silence."""

from pathlib import Path

import pytest
from tests.checks.conftest import MakePlace
from tests.checks.planted import RULES, TERMS, Planted, axiom, some

from primum.foundation.errors import UnknownName
from primum.knowledge.locate import Place
from primum.model.remarks import Severity
from primum.use_cases.checks import check
from primum.use_cases.checks.registry import CHECKS
from primum.use_cases.checks.runner import NOT_RUN, run_apart

BROKEN = Planted("file-unreadable", "syntax", TERMS, new="primum:Sprain rdf:type .\n")
ALIKE = axiom("label-shared", "labels", 'primum:S rdf:type owl:Class ; rdfs:label "Sprain"@en .\n')


def test_what_a_broken_file_keeps_from_running_is_told_in_one_remark(small: MakePlace) -> None:
    """A curator reads where the file breaks, and that nothing else was looked at."""
    place = small()
    BROKEN.plant(place)
    report = check(place)
    assert sorted(["file-unreadable", NOT_RUN]) == sorted(r.code for r in report.remarks)
    line = (place.root / TERMS).read_text(encoding="utf-8").count("\n")
    (where,) = (r for r in report.remarks if r.code == "file-unreadable")
    (told,) = (r for r in report.remarks if r.code == NOT_RUN)
    assert (TERMS, line) == (where.file, where.line)
    kept = {each.name for each in CHECKS} - {"syntax", "record-shapes"}
    assert all(name in told.sentence for name in kept)
    assert told.severity == Severity.ERROR
    assert str(place.root) not in told.sentence
    assert not report.is_fine()


def test_the_other_checks_find_what_they_find_of_contradicting_axioms(small: MakePlace) -> None:
    """Where nothing compiles, labels are still looked at."""
    place = small()
    axiom(
        "inconsistent", "consistency", "primum:x rdf:type primum:Sprain , primum:Bruise .\n"
    ).plant(place)
    ALIKE.plant(place)
    report = check(place, only=["consistency", "fragment", "labels"])
    assert sorted((r.code for r in report.remarks), key=lambda code: (code == NOT_RUN, code)) == [
        "inconsistent",
        "label-shared",
        NOT_RUN,
    ]
    problems = {outcome.name: outcome.problem for outcome in report.outcomes}
    assert "contradict each other" in problems["fragment"]
    assert not problems["labels"]


def test_a_checker_that_breaks_off_is_told_beside_what_broke_it(small: MakePlace) -> None:
    """The OWL API's checker fails at a facet on dates; the datatype is told all the same."""
    place = small()
    facet = (
        "[ rdf:type rdfs:Datatype ; owl:onDatatype xsd:date ; owl:withRestrictions "
        '( [ xsd:minInclusive "2026-11-22"^^xsd:date ] ) ]'
    )
    axiom("", "", some("primum:ageInYears", facet)).plant(place)
    found = check(place, only=["profile", "datatypes"]).remarks
    assert {NOT_RUN, "datatype-forbidden"} == {remark.code for remark in found}
    assert any("OWL API broke off" in remark.sentence for remark in found)


def test_only_a_code_runs_its_check_and_tells_that_code_alone(small: MakePlace) -> None:
    """A curator who mends one thing need not wait for all."""
    place = small()
    ALIKE.plant(place)
    Planted("", "", RULES, 'primum:locator "third paragraph"').plant(place)
    report = check(place, only=["source-without-locator"])
    assert [outcome.name for outcome in report.outcomes] == ["sources"]
    assert {"source-without-locator"} == {remark.code for remark in report.remarks}


def test_a_code_of_a_shape_runs_the_shapes_of_its_kind(small: MakePlace) -> None:
    """The codes of shapes and queries are known from the files that state them."""
    place = small()
    Planted("", "", RULES, '        rdfs:label "Rubbing of a fresh sprain"@en ;\n').plant(place)
    report = check(place, only=["rule-no-label"])
    assert [outcome.name for outcome in report.outcomes] == ["rule-shapes"]
    (remark,) = report.remarks
    assert "RubbingSprain: The rule has no English label." in remark.sentence
    assert (remark.file, remark.line) == (RULES, 14)


def test_a_retired_term_is_not_held_to_the_shapes(small: MakePlace) -> None:
    """Retiring a term takes its axioms away and keeps the rest."""
    place = small()
    Planted("", "", TERMS, "rdfs:subClassOf primum:Rubbing ;", "").plant(place)
    (remark,) = check(place, only=["term-shapes"]).remarks
    assert (remark.code, remark.file) == ("term-no-superclass", TERMS)
    axiom("", "", 'primum:DeepRubbing owl:deprecated true ; skos:note "Out." .\n').plant(place)
    assert not check(place, only=["term-shapes", "deprecated"]).remarks


def test_a_name_that_is_neither_check_nor_code_is_refused(small: MakePlace) -> None:
    """A misspelled code would otherwise pass everything."""
    with pytest.raises(UnknownName, match=r"'label-share'.*label-shared"):
        check(small(), only=["label-share"])


def test_a_check_runs_apart_as_it_does_at_home(small: MakePlace) -> None:
    """A process of its own finds what the process of the caller would find."""
    place = small()
    Planted("", "", TERMS, 'rdfs:label "Bruise"@en ;', "").plant(place)
    (remark,) = run_apart(place.root, "term-shapes").remarks
    assert (remark.code, remark.severity, remark.file) == ("term-no-label", Severity.ERROR, TERMS)
    assert (remark,) == check(place, only=["term-shapes"]).remarks


def test_progress_is_told_of_each_check(small: MakePlace) -> None:
    """Who waits sees what is being looked at."""
    told: list[str] = []
    check(small(), only=["labels", "seed"], progress=told.append)
    assert told == ["that labels are used once", "the statements of the seed document"]


def test_remarks_stand_gravest_first(small: MakePlace) -> None:
    """A note on many locators hides no error."""
    place = small()
    ALIKE.plant(place)
    Planted("", "", RULES, "third paragraph", "locator not recorded").plant(place)
    report = check(place, only=["labels", "sources"])
    assert [remark.severity for remark in report.remarks] == [Severity.ERROR, Severity.INFO]
    assert "1 error, 0 warnings, 1 note in 13 files" in report.summary


def test_a_warning_counts_when_strict(small: MakePlace) -> None:
    """A warning asks a curator to look; a note is no fault even then."""
    place = small()
    Planted("", "", RULES, "third paragraph", "locator not recorded").plant(place)
    assert check(place, only=["sources"]).is_fine(strict=True)
    axiom("", "", "primum:DeepRubbing owl:deprecated true .\n").plant(place)
    report = check(place, only=["deprecated"])
    assert report.is_fine()
    assert not report.is_fine(strict=True)


@pytest.mark.slow
def test_the_shipped_knowledge_has_no_error(place: Place) -> None:
    """All checks, shapes and reasoners too, on what is relied on."""
    report = check(place)
    assert not report.of(Severity.ERROR), "\n".join(r.sentence for r in report.of(Severity.ERROR))
    files = {remark.file for remark in report.remarks if remark.file}
    assert all(Path(place.root / file).is_file() for file in files)
