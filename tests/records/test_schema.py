"""The JSON Schema of case records is true: good records fit, and what fits is mostly good."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.records import corpus
from tests.records.corpus import Sample
from tests.records.strategies import good_records

from primum.foundation.names import CONTEXT
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

Json = dict[str, Any]
Fits = Callable[[Any], bool]

# What no schema can say: names, relations, and members that are let pass.
BEYOND = {
    *("injury-unknown", "treatment-unknown", "grade-of-ungraded", "facts-contradict"),
    *("factor-present-unknown", "factor-absent-unknown", "factor-present-and-absent"),
    *("finding-present-unknown", "finding-absent-unknown", "finding-present-and-absent"),
    *("onset-after-assessment", "onset-interval-after-assessment", "onset-ends-before-it-begins"),
    *("treatment-before-onset", "treatment-before-onset-interval"),
}
# RFC 3339 knows leap seconds, and zones further from Greenwich than there are.
ODD_TIMES = ("leap-second", "offset-14-01", "offset-15-hours")


@pytest.fixture(scope="module")
def schema(records: Records) -> Json:
    """The schema over the shipped knowledge."""
    return records.record_schema()


@pytest.fixture(scope="module")
def fits(schema: Json) -> Fits:
    """Whether a document fits the schema."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid


def ids(schema: Json) -> list[str]:
    """The ids that the schema of a term lists."""
    found: list[str] = schema["anyOf"][0]["enum"]
    return found


def must_be_refused() -> list[Sample]:
    """Records whose fault a schema can tell."""
    return [
        sample
        for sample in corpus.bad()
        if not (sample.codes & BEYOND or sample.variant in ODD_TIMES)
        and not any(code.endswith("-property-unknown") for code in sample.codes)
    ]


def test_it_is_a_schema(schema: Json) -> None:
    """By the dialect that OpenAPI 3.1 uses."""
    jsonschema_rs.meta.validate(schema)


@pytest.mark.parametrize("sample", [*corpus.plainly_good(), *corpus.told()], ids=str)
def test_a_plainly_good_record_fits(sample: Sample, fits: Fits) -> None:
    """Whatever name, time and order of members it uses; null alone is JSON-LD's way."""
    assert fits(json.loads(sample.body)) == (sample.variant != "null")


@pytest.mark.parametrize("sample", must_be_refused(), ids=str)
def test_a_record_of_the_wrong_form_does_not_fit(sample: Sample, fits: Fits) -> None:
    """Wrong types, values out of range, what is missing and what stands twice."""
    assert not fits(json.loads(sample.body))


def test_a_member_that_is_not_listed_is_let_pass(fits: Fits) -> None:
    """As validation does, which warns of it."""
    samples = [s for s in corpus.bad() if any(c.endswith("property-unknown") for c in s.codes)]
    alone = [s for s in samples if len(s.codes) == 1]
    assert len(alone) > 20
    assert all(fits(json.loads(sample.body)) for sample in alone)


def test_a_list_is_as_long_as_the_shapes_allow(schema: Json, fits: Fits) -> None:
    """The most treatments fit; one more does not."""
    most = schema["properties"]["treatments"]["maxItems"]
    record = {"injury": {"type": "HamstringStrain"}, "treatments": [{"type": "Massage"}] * most}
    assert fits(record)
    assert not fits({**record, "treatments": [{"type": "Massage"}] * (most + 1)})


def test_only_the_one_context_fits(fits: Fits) -> None:
    """Another would be JSON-LD of another form."""
    record = {"injury": {"type": "HamstringStrain"}}
    assert fits({"@context": CONTEXT, **record})
    assert not fits({"@context": {}, **record})


@pytest.mark.parametrize("key", ["@id", "@type", "@graph", "@"])
def test_no_keyword_of_json_ld_but_the_context_fits(key: str, fits: Fits) -> None:
    """It could give the rest another meaning, so such a record is not plain."""
    assert not fits({"injury": {"type": "HamstringStrain"}, key: "x"})
    assert not fits({"injury": {"type": "HamstringStrain", key: "x"}})
    assert fits({"injury": {"type": "HamstringStrain"}, f"x{key}": "x", "": "x"})


@given(data=st.data())
@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_record_in_order_fits(data: st.DataObject, primum: Primum, fits: Fits) -> None:
    """Records made up from the knowledge, not from the schema."""
    assert fits(data.draw(good_records(primum.release.knowledge)))


def test_ids_are_those_that_the_reader_takes(schema: Json, records: Records) -> None:
    """Each injury and treatment that is listed makes a record that is plainly good."""
    record = schema["properties"]
    for injury in ids(record["injury"]["properties"]["type"]):
        records.read({"injury": {"type": injury}})
    for treatment in ids(record["treatments"]["items"]["properties"]["type"]):
        records.read({"injury": {"type": "HamstringStrain"}, "treatments": [{"type": treatment}]})
    for group in (record["patient"]["properties"]["factors"], record["findings"]):
        present, absent = (group["properties"][key]["items"] for key in ("present", "absent"))
        assert ids(present) == ids(absent)
        assert ids(present)


def test_a_name_that_is_none_is_left_to_the_reader(fits: Fits, records: Records) -> None:
    """The schema offers ids; any other name may be that of a term."""
    record = {"injury": {"type": "nobody"}}
    assert fits(record)
    with pytest.raises(NotPlain):
        records.read(record)
