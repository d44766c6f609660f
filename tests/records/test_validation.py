"""Every record of the corpus is accepted or refused for what it is, and the result points there."""

from functools import cache
from typing import Any

import pytest
from rdflib.namespace import SH
from tests.records import corpus
from tests.records.corpus import Place, Sample

from primum.foundation.errors import QuestionError
from primum.use_cases.records.faults import Fault
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.reading import read_json
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Report, Validation


@cache
def report(validation: Validation, sample: Sample) -> Report:
    """What validation says of a file; several tests look at it."""
    return validation.report(sample.body, sample.media_type)


def refusing(found: Report) -> list[Fault]:
    """The violations and warnings of a report."""
    return [fault for fault in found.faults if fault.severity != "info"]


def is_plain(records: Records, document: Any) -> bool:
    """Whether the quick reader accepts a document."""
    try:
        records.read(document)
    except NotPlain:
        return False
    return True


@pytest.mark.parametrize("sample", corpus.bad(), ids=str)
def test_a_bad_record_has_just_the_fault_it_is_named_after(
    sample: Sample, validation: Validation
) -> None:
    """One code, at the places that are expected, with the value that stands there."""
    found = refusing(report(validation, sample))
    assert sample.codes == {fault.code for fault in found}
    expected = corpus.places(sample)
    assert sorted(place.at for place in expected) == sorted(fault.pointer for fault in found)
    plain = {place.at: place.found for place in expected if place.found is not None}
    assert plain == {f.pointer: f.found for f in found if f.pointer in plain}


@pytest.mark.parametrize("sample", corpus.bad(), ids=str)
def test_no_bad_record_is_plainly_good(sample: Sample, records: Records) -> None:
    """The quick reader lets none pass, but for facts that only reasoning finds to contradict."""
    assert is_plain(records, read_json(sample.body)) == ("facts-contradict" in sample.codes)


@pytest.mark.parametrize("sample", corpus.bad(), ids=str)
def test_each_fault_says_what_may_stand_there(sample: Sample, validation: Validation) -> None:
    """A message of whole sentences, and what is allowed."""
    for fault in refusing(report(validation, sample)):
        assert fault.message.endswith(".")
        assert fault.allowed


@pytest.mark.parametrize("sample", corpus.bad(), ids=str)
def test_the_report_as_rdf_tells_the_same(
    sample: Sample, validation: Validation, records: Records
) -> None:
    """Each code stands in the SHACL report too, by the IRI of its shape."""
    found = report(validation, sample)
    results = found.graph.objects(None, SH.result)
    shapes = {str(found.graph.value(result, SH.sourceShape)) for result in results}
    codes = {records.shapes.constraints[shape].code for shape in shapes}
    assert {fault.code for fault in found.faults} == codes
    (conforms,) = found.graph.objects(None, SH.conforms)
    assert str(conforms) == "false"


@pytest.mark.parametrize("sample", corpus.good(), ids=str)
def test_a_good_record_is_valid(sample: Sample, validation: Validation, records: Records) -> None:
    """Nothing is violated or warned of, and what is made of it is plainly good."""
    found = report(validation, sample)
    assert not refusing(found)
    assert is_plain(records, found.document)


@pytest.mark.parametrize("sample", corpus.plainly_good(), ids=str)
def test_a_plainly_good_record_is_accepted_at_once(sample: Sample, records: Records) -> None:
    """The quick reader accepts what is just as the contract has it."""
    assert is_plain(records, read_json(sample.body))


@pytest.mark.parametrize("sample", corpus.told(), ids=str)
def test_what_is_worth_telling_is_told(sample: Sample, validation: Validation) -> None:
    """The record is valid, and the information it is named after points to its place."""
    found = report(validation, sample)
    assert found.is_valid
    told = [Place(f.pointer, None) for f in found.faults if f.code in sample.codes]
    assert [Place(place.at) for place in corpus.places(sample)] == told


@pytest.mark.parametrize("sample", corpus.rdf_good(), ids=str)
def test_a_good_graph_is_valid(sample: Sample, validation: Validation, records: Records) -> None:
    """RDF in order is valid, and what is made of it is plainly good."""
    found = report(validation, sample)
    assert not refusing(found)
    assert is_plain(records, found.document)


@pytest.mark.parametrize("sample", corpus.rdf_bad(), ids=str)
def test_a_bad_graph_has_just_the_faults_it_is_named_after(
    sample: Sample, validation: Validation
) -> None:
    """The codes in its name, and no others."""
    found = report(validation, sample)
    assert sample.codes == {fault.code for fault in refusing(found)}
    warned = {fault.code for fault in found.faults if fault.severity == "warning"}
    assert found.is_valid == (warned == set(sample.codes))


@pytest.mark.parametrize("sample", corpus.rdf_refused() + corpus.unreadable(), ids=str)
def test_what_cannot_be_read_is_refused(sample: Sample, validation: Validation) -> None:
    """No report at all: an error that says why."""
    with pytest.raises(QuestionError, match=r"\w{3}.*[.]$"):
        report(validation, sample)


def test_every_code_is_met_in_the_corpus(records: Records) -> None:
    """Each constraint has a record that it must catch or tell of."""
    seen = {code for sample in (*corpus.bad(), *corpus.told()) for code in sample.codes}
    seen |= {code for sample in corpus.rdf_bad() for code in sample.codes}
    assert {constraint.code for constraint in records.shapes.constraints.values()} == seen


def test_validating_leaves_nothing_behind(validation: Validation) -> None:
    """A record is judged by itself, whatever was validated before it."""
    bad, good = corpus.bad()[0], corpus.plainly_good()[0]
    before = validation.report(good.body, good.media_type)
    validation.report(bad.body, bad.media_type)
    after = validation.report(good.body, good.media_type)
    assert (before.faults, before.document) == (after.faults, after.document)
