"""A cohort as a graph: records that pass the shapes, findings that are those of the engine."""

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest
from tests.cohort.graph.written import BASE, Written, objects

from primum.foundation.names import PROV, Found, Record
from primum.knowledge.validator import RecordValidator
from primum.model.answers import Answer, Finding
from primum.model.levels import Screening
from primum.use_cases.cohort.graph.graph import Graph, base_of, name_of
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.records.cases import CaseRecord, record_of
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.service import Primum

Said = tuple[str, str, str, frozenset[str]]


def record(written: Written, row: int) -> CaseRecord:
    """The record of a row that the validator makes of the graph, which finds nothing wrong."""
    primum = written.primum
    records = Records.of(primum.release, primum.vocabulary)
    lines = "".join(f"{triple} .\n" for triple in written.about(row)).encode()
    report = Validation(primum.release, primum.engine, records).report(
        lines, "application/n-triples"
    )
    assert {fault.severity for fault in report.faults} <= {"info"}
    return record_of(records.read(report.document), Screening.ASSUME_CLEAR)


def refused(primum: Primum, triples: list[ox.Triple]) -> set[str]:
    """The codes of what the shapes find in a graph, other than what they tell on request."""
    release = primum.release
    validator = RecordValidator(release.record_shapes(), release.looked_up())
    results, _ = validator.validate(triples)
    broken = [release.shapes.constraints[result.shape] for result in results]
    return {constraint.code for constraint in broken if constraint.severity != "info"}


def told(written: Written, row: int) -> dict[str, Said]:
    """What the graph says of the findings of a row, by treatment."""
    findings = {
        s for s, o in objects(written.triples, PROV + "wasDerivedFrom") if o == f"{BASE}{row}"
    }
    said = {
        name: {s: o for s, o in objects(written.triples, iri) if s in findings}
        for name, iri in (
            ("treatment", Found.OF_TREATMENT),
            ("verdict", Found.VERDICT),
            ("certain", Found.CERTAIN),
            ("possible", Found.POSSIBLE),
        )
    }
    rules = list(objects(written.triples, Found.RESTS_ON))
    return {
        said["treatment"][one]: (
            said["verdict"][one],
            said["certain"][one],
            said["possible"][one],
            frozenset(rule for finding, rule in rules if finding == one),
        )
        for one in findings
    }


def as_said(finding: Finding) -> Said:
    """A finding of the engine in the same words."""
    reasons = (*finding.reasons, *finding.recommended)
    rules = frozenset(reason.rule.iri for reason in reasons)
    return finding.verdict.value, finding.certain.word, finding.possible.word, rules


def found(answer: Answer, treatment: str) -> Finding:
    """What an answer says of one treatment."""
    return next(f for f in answer.findings if f.treatment.iri == treatment)


def test_records_are_those_that_single_records_would_be(audit: Written) -> None:
    """Every good row has the statements that the writer of single records has, and no others."""
    assert 100 < len(audit.good) < audit.batch.num_rows
    for row in sorted(audit.good)[:60]:
        assert {str(triple) for triple in audit.about(row)} == audit.singly(row)


def test_all_records_with_their_findings_pass_the_shapes(audit: Written, primum: Primum) -> None:
    """Neither violations nor warnings are found in the whole graph at once."""
    assert refused(primum, audit.triples) == set()
    node = ox.NamedNode(f"{BASE}{min(audit.good)}")
    misplaced = ox.Triple(node, ox.NamedNode(Record.AGE), ox.Literal(3))
    second = ox.Triple(node, ox.NamedNode(Record.ID), ox.Literal("another"))
    broken = refused(primum, [*audit.triples, misplaced, second])
    assert broken == {"record-property-unknown", "record-two-ids"}


def test_findings_of_an_audit_are_those_of_the_engine(audit: Written, primum: Primum) -> None:
    """The record that is read back, asked anew, gives the finding that stands beside it."""
    for row in sorted(audit.good)[:40]:
        (given,) = record(audit, row).treatments
        answer = primum.engine.answer(given.case)
        expected = as_said(found(answer, given.treatment))
        assert told(audit, row) == {given.treatment: expected}


def test_persons_have_a_finding_for_each_treatment_that_may_be_barred(
    persons: Written, primum: Primum
) -> None:
    """The compact form tells of all treatments that are barred or may be, and of no other."""
    for row in sorted(persons.good)[:8]:
        answer = primum.engine.answer(record(persons, row).case)
        expected = {f.treatment.iri: as_said(f) for f in answer.findings if f.possible}
        assert told(persons, row) == expected


def test_the_long_form_tells_of_all_treatments(primum: Primum, drawn: pa.RecordBatch) -> None:
    """In the long form every treatment has a finding, also where nothing bars it."""
    written = Written(primum, drawn.slice(0, 4), Options(rows=Rows.PERSON, long=True))
    treatments = {term.iri for term in primum.release.knowledge.treatments}
    assert written.good
    assert {frozenset(told(written, row)) for row in written.good} == {frozenset(treatments)}


def test_bad_rows_are_not_in_the_graph(audit: Written) -> None:
    """The records of the graph are the good rows."""
    cases = {s for s, o in objects(audit.triples, Record.TYPE) if o == Record.CASE}
    assert cases == {f"{BASE}{row}" for row in audit.good}


def test_without_reasons_a_finding_names_the_rule_that_decides(
    primum: Primum, drawn: pa.RecordBatch
) -> None:
    """By default a finding rests on the deciding rule alone, where there is one."""
    written = Written(primum, drawn, Options())
    rules = {rule.id: rule.iri for rule in primum.release.knowledge.rules}
    expected = {
        (f"{BASE}{row['row']}/finding", rules[row["rule"]])
        for row in written.answers.to_pylist()
        if row["rule"] is not None
    }
    assert expected
    assert set(objects(written.triples, Found.RESTS_ON)) == expected


def test_hours_stand_on_the_finding_where_a_table_has_no_dates(
    primum: Primum, drawn: pa.RecordBatch
) -> None:
    """A row with hours makes a record without an onset, and a finding that tells the hours."""
    table = pa.RecordBatch.from_pydict(
        {"injury": drawn["injury"], "hours": [0.25] * len(drawn), "treatment": drawn["treatment"]}
    )
    written = Written(primum, table, Options())
    assert len(written.good) > 100
    assert {o for _, o in objects(written.triples, Found.FROM)} == {"0.25"}
    assert not list(objects(written.triples, Record.ONSET))
    assert refused(primum, written.triples) == set()


def test_rows_with_the_number_of_one_record_stay_apart(
    primum: Primum, drawn: pa.RecordBatch
) -> None:
    """Two rows of one record of the input have two nodes, whether one is bad or not."""
    written = Written(primum, drawn.slice(0, 2), Options())
    place = written.answers.schema.get_field_index("row")
    numbers = pa.array([7, 7])
    answers = written.answers.set_column(place, written.answers.schema.field("row"), numbers)
    stream = io.BytesIO()
    Graph.of(primum, drawn.schema, Options(), base=BASE).write(written.batch, answers, stream)
    triples = [q.triple for q in ox.parse(stream.getvalue(), format=ox.RdfFormat.N_TRIPLES)]
    cases = {s for s, o in objects(triples, Record.TYPE) if o == Record.CASE}
    assert cases == {f"{BASE}7", f"{BASE}7-2"}


def test_loading_twice_adds_nothing(audit: Written, tmp_path: Path) -> None:
    """The graph has no blank nodes: the same part, packed or not, is the same statements again."""
    store = ox.Store()
    store.load(audit.lines, format=ox.RdfFormat.N_TRIPLES)
    before = len(store)
    part = tmp_path / name_of(0, packed=True)
    part.write_bytes(gzip.compress(audit.lines))
    store.load(gzip.decompress(part.read_bytes()), format=ox.RdfFormat.N_TRIPLES)
    assert len(store) == before == len(audit.triples)
    assert b"_:" not in audit.lines.replace(b'"', b" ")


@pytest.mark.parametrize(
    ("part", "packed", "name"), [(0, False, "part-00000.nt"), (12, True, "part-00012.nt.gz")]
)
def test_parts_are_named_in_order(part: int, packed: bool, name: str) -> None:
    """Files are called as the parts of the answers are."""
    assert name_of(part, packed=packed) == name


def test_the_base_is_that_of_the_input() -> None:
    """The same input has the same IRIs, another has others."""
    assert base_of("a") == base_of("a") != base_of("b")
