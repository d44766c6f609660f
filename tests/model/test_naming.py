"""A person may call a term by any of its names; what is unclear or unknown is never guessed."""

import pytest

from primum.foundation.errors import AmbiguousName, UnknownName
from primum.foundation.names import BASE
from primum.model.naming import Names, normal
from primum.model.terms import Term
from primum.use_cases.service import Primum

CALF = Term(BASE + "CalfStrain", "calf-strain", "Calf strain", "", ("tennis leg", "pulled calf"))
BAND = Term(BASE + "BandSyndrome", "band-syndrome", "Band syndrome", "", ("runner's knee",))
KNEE = Term(
    BASE + "KneePain", "knee-pain", "Pain of the knee", "", ("Runner\u2019s knee", "sore leg")
)
LEG = Term(BASE + "TennisLeg", "tennis-leg", "Tennis leg", "", ())
INJURIES = Names("injury", [CALF, BAND, KNEE])


@pytest.mark.parametrize(
    "name",
    [
        "CalfStrain",
        "calf-strain",
        "https://w3id.org/primum/CalfStrain",
        "primum:CalfStrain",
        "Calf strain",
        "tennis leg",
        "pulled calf",
    ],
)
def test_each_name_of_a_term_finds_it_in_any_case(name: str) -> None:
    """Local name, slug, IRI, prefixed name, label and synonyms all do; case plays no part."""
    spellings = (name, name.lower(), name.upper(), name.swapcase())
    assert {CALF.iri} == {INJURIES.find(spelling, where="injury").iri for spelling in spellings}


def test_spacing_plays_no_part() -> None:
    """Names copied from a page carry odd spaces."""
    found = INJURIES.find("  Calf \u00a0\n strain ", where="injury")
    assert CALF.iri == found.iri


@pytest.mark.parametrize("mark", ["'", "\u2019", "\u2018", "\u02bc"])
def test_a_typographic_apostrophe_is_an_apostrophe(mark: str) -> None:
    """Word processors and phones turn the plain apostrophe into others; all mean the same."""
    expected = "runner's knee"
    assert expected == normal(f"Runner{mark}s knee")


def test_an_ambiguous_synonym_lists_the_candidates() -> None:
    """A synonym of several terms is an error that says where it stands and whom it may mean."""
    with pytest.raises(AmbiguousName) as caught:
        INJURIES.find("Runner's Knee", where="/injury/type")
    error = caught.value
    expected = (("BandSyndrome", "KneePain"), "/injury/type", "Runner's Knee")
    assert expected == (error.allowed, error.where, error.found)
    assert "BandSyndrome, KneePain" in str(error)


def test_an_unknown_name_lists_the_nearest() -> None:
    """A misspelled name is an error that offers what may have been meant, nearest first."""
    with pytest.raises(UnknownName) as caught:
        INJURIES.find("calf-strian", where="injury")
    error = caught.value
    expected = ("CalfStrain", "injury", "calf-strian")
    assert expected == (error.allowed[0], error.where, error.found)
    assert "No injury is called 'calf-strian'. The nearest names are CalfStrain" in str(error)


def test_the_nearest_names_are_terms_and_each_comes_once() -> None:
    """A term with many names near the one asked for is offered once."""
    assert {CALF, BAND, KNEE} == set(INJURIES.nearest("strain"))
    assert len(INJURIES.nearest("strain")) == 3


def test_a_synonym_never_hides_the_term_that_bears_the_name() -> None:
    """`tennis leg` is a synonym of one term and the label of another, which it then means."""
    names = Names("injury", [CALF, LEG])
    spellings = ("tennis leg", "TennisLeg", "TENNIS-LEG")
    assert {LEG.iri} == {names.find(name, where="injury").iri for name in spellings}


def test_terms_are_found_by_their_iri() -> None:
    """The engine, which deals in IRIs, gets its terms back."""
    expected = KNEE
    assert expected == INJURIES.of_iri(expected.iri)


def test_no_two_shipped_terms_of_a_kind_share_a_name_of_their_own(primum: Primum) -> None:
    """Each shipped term is found by each of its own names."""
    knowledge, vocabulary = primum.release.knowledge, primum.vocabulary
    for terms, found_in in (
        (knowledge.injuries, vocabulary.injuries),
        (knowledge.treatments, vocabulary.treatments),
        (knowledge.factors, vocabulary.factors),
    ):
        for term in terms:
            own = (term.id, term.slug, term.iri, f"primum:{term.id}", term.label.upper())
            assert {term.iri} == {found_in.find(name, where="").iri for name in own}


def test_runners_knee_is_ambiguous(primum: Primum) -> None:
    """The shipped ontology knows two conditions that people call runner's knee."""
    with pytest.raises(AmbiguousName) as caught:
        primum.vocabulary.injuries.find("runner\u2019s knee", where="injury")
    expected = ("IliotibialBandSyndrome", "PatellofemoralPainSyndrome")
    assert expected == caught.value.allowed
