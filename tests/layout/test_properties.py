"""Whatever an ontology says, Primum lays it out as the OWL API does, byte by byte."""

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.layout.judging import Judge, without_version
from tests.layout.ontologies import NOTES, ontologies

from primum.knowledge.layout import normalised

_ASKED = settings(max_examples=60, suppress_health_check=list(HealthCheck))

# Where 5.1 goes its own way: empty texts, literals that are IRIs, unions and lists of values.
_OTHERWISE = re.compile(r'(?<!\\)""|anyURI|rdfs:Datatype ; owl:(?:oneOf|unionOf)')


@pytest.mark.slow
@_ASKED
@given(text=ontologies())
def test_a_random_ontology_is_laid_out_as_protege_saves_it(protege: Judge, text: str) -> None:
    """The OWL API of Protégé is the judge; its last line is that of the layout too."""
    expected = protege.saved(text)
    assert expected == normalised(text, name="test.ttl")


@pytest.mark.slow
@_ASKED
@given(text=ontologies())
def test_the_newer_line_differs_in_its_version_alone(newer: Judge, text: str) -> None:
    """The two lines lay out alike, but for the last line."""
    assume(not _OTHERWISE.search(text) and not _annotates_what_its_head_uses(text))
    expected = without_version(newer.saved(text))
    assert expected == without_version(normalised(text, name="test.ttl"))


def _annotates_what_its_head_uses(text: str) -> bool:
    """Whether a property of notes on the whole has notes itself: 5.1 puts those elsewhere."""
    (head,) = (line for line in text.splitlines() if " a owl:Ontology" in line)
    return any(name in head and re.search(f"^{name} (?!a )", text, re.MULTILINE) for name in NOTES)


@given(text=ontologies())
def test_what_is_in_the_layout_stays_as_it_is(text: str) -> None:
    """Normalising twice is normalising once."""
    expected = normalised(text, name="test.ttl")
    assert expected == normalised(expected, name="test.ttl")
