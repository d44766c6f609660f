"""The named questions: each runs everywhere, takes terms only, and agrees with the engine."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from primum.foundation.errors import InvalidValue, KnowledgeNotFound, UnknownName, UnknownParameter
from primum.foundation.names import BASE, Datatype
from primum.knowledge.locate import Place
from primum.model.answers import Answer
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds
from primum.model.manchester import spell
from primum.model.spans import Number, Span, exact
from primum.use_cases.parameters import terms_of
from primum.use_cases.query import NamedQuery, find_query, named_queries, select
from primum.use_cases.service import Primum

SECOND = exact("0.000277778")
DAY = 24
FOLDER = Path(__file__).parents[2] / "queries" / "ask"
QUERIES = sorted(path.stem for path in FOLDER.glob("*.rq"))
Row = tuple[str, ...]
# rdflib's own parser and query engine use what rdflib deprecates.
rdflib_warns = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
Bound = dict[str, list[ox.NamedNode | ox.Literal]]


@pytest.fixture(scope="module")
def dataset(primum: Primum) -> Iterator[rdflib.Dataset]:
    """The release in rdflib, all graphs as one."""
    found = rdflib.Dataset(default_union=True)
    path = primum.place.release / primum.release.manifest.dataset
    found.parse(data=path.read_bytes(), format="nquads")
    yield found
    found.close()


@dataclass(frozen=True, slots=True)
class Known:
    """A fully known case for the engine: grade 0 is an injury without a grade."""

    injury: str
    grade: int
    hours: Span
    present: frozenset[str] = frozenset()

    @property
    def case(self) -> Case:
        """The case for the engine."""
        return Case(self.injury, self.grade, self.hours, self.present)

    @property
    def terms(self) -> Bound:
        """The case as parameters of a query."""
        decimal = ox.NamedNode(Datatype.DECIMAL)
        end = self.hours.start if self.hours.end is None else self.hours.end
        return {
            "injury": [ox.NamedNode(self.injury)],
            "grade": [ox.Literal(self.grade)],
            "fromHours": [ox.Literal(spell(self.hours.start.at), datatype=decimal)],
            "untilHours": [ox.Literal(spell(end.at), datatype=decimal)],
            "factor": [ox.NamedNode(iri) for iri in sorted(self.present)],
        }


def boundaries(knowledge: Knowledge) -> list[Number]:
    """Where some window of a shipped rule begins or ends."""
    spans = [region.hours for rule in knowledge.rules for region in rule.regions]
    return sorted({cut.at for s in spans for cut in (s.start, s.end) if cut is not None})


def graded(knowledge: Knowledge) -> list[tuple[str, int]]:
    """Every injury in every grade that it can have."""
    grades = knowledge.axioms.grades
    return [(term.iri, grade) for term in knowledge.injuries for grade in sorted(grades[term.iri])]


def instants(knowledge: Knowledge) -> list[Number]:
    """Every boundary, and a second before and after it."""
    beside = [exact(at + step) for at in boundaries(knowledge) for step in (-SECOND, 0, SECOND)]
    return [at for at in beside if at >= 0]


def known_cases(knowledge: Knowledge) -> list[Known]:
    """Every injury, grade and instant, with no factor or the next one in turn."""
    chance = random.Random(7)  # noqa: S311 - a sample, no secret
    every = [(*pair, at) for pair in graded(knowledge) for at in instants(knowledge)]
    factors = [term.iri for term in knowledge.factors]
    turns = (factors[number % len(factors)] for number in range(len(every)))
    return [
        Known(
            injury,
            grade,
            Span.at(at),
            frozenset({factor}) if chance.random() < 0.8 else frozenset(),
        )
        for (injury, grade, at), factor in zip(every, turns, strict=True)
    ]


def days(knowledge: Knowledge) -> list[Known]:
    """Every injury and grade on a few days each, so that all days are asked about."""
    pairs = graded(knowledge)
    return [
        Known(injury, grade, Span.half_open(day * DAY, (day + 1) * DAY))
        for number, (injury, grade) in enumerate(pairs)
        for day in ((0, 2, 6), (1, 3, 55), (0, 5, 56), (1, 4, 7))[number % 4]
    ]


def answered(primum: Primum, known: Known) -> Answer:
    """What the engine says of a known case."""
    return primum.engine.answer(known.case)


def leaves(knowledge: Knowledge) -> set[str]:
    """The injuries without a narrower one: for these a named class leaves no class open."""
    above = knowledge.axioms.above
    wider = {other for iri, supers in above.items() for other in supers if other != iri}
    return {term.iri for term in knowledge.injuries} - wider


def plain(value: str | None) -> str:
    """A value as it is compared: numbers by their value, nothing as the empty text."""
    try:
        return str(Decimal(value or "").normalize())
    except InvalidOperation:
        return value or ""


def on_oxigraph(primum: Primum, text: str) -> list[Row]:
    """Rows of a query on the store that the service uses."""
    _, rows = select(primum.release.store, text)
    return [tuple(plain(value) for value in row) for row in rows]


def on_rdflib(dataset: rdflib.Dataset, text: str) -> list[Row]:
    """Rows of a query on rdflib."""
    found = dataset.query(text)
    return [
        tuple(plain(str(row[name]) if name in row else None) for name in found.vars or ())
        for row in found.bindings
    ]


@cache
def query(place: Place, name: str) -> NamedQuery:
    """A named question; reading the files once is enough."""
    return find_query(place, name)


def rows_for(primum: Primum, name: str, known: Known) -> list[list[str | None]]:
    """The rows of a query about a known case."""
    _, rows = select(primum.release.store, query(primum.place, name).bind(known.terms))
    return list(rows)


# --- As they stand -------------------------------------------------------------------------------


@rdflib_warns
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_runs_as_it_stands_with_equal_rows_on_both_engines(
    primum: Primum, dataset: rdflib.Dataset, name: str
) -> None:
    """Oxigraph and rdflib give the same rows, and there are some."""
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    expected = sorted(on_rdflib(dataset, text))
    assert expected == sorted(on_oxigraph(primum, text))
    assert expected


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_says_what_it_asks_and_what_its_parameters_mean(
    primum: Primum, name: str
) -> None:
    """Title, description, and each parameter is a block in the text."""
    found = find_query(primum.place, name)
    assert found.title
    assert found.description
    assert all(f"VALUES ?{parameter} {{" in found.text for parameter in found.parameters)
    assert found == named_queries(primum.place)[name]


@rdflib_warns
@pytest.mark.parametrize("name", ["contraindications", "reasons"])
def test_bound_queries_have_equal_rows_on_both_engines(
    primum: Primum, dataset: rdflib.Dataset, name: str
) -> None:
    """The same for a case that is not the example, with a factor and on a window's edge."""
    present = frozenset({BASE + "PregnancyThirdTrimester", BASE + "ActiveBleedingAtSite"})
    known = Known(BASE + "LateralAnkleSprain", 3, Span.half_open(24, 49), present)
    text = find_query(primum.place, name).bind(known.terms)
    expected = sorted(on_rdflib(dataset, text))
    assert expected == sorted(on_oxigraph(primum, text))
    assert expected


# --- Binding -------------------------------------------------------------------------------------


def test_an_unknown_query_is_refused_with_those_there_are(place: Place) -> None:
    """The error lists every name."""
    with pytest.raises(UnknownName, match="No query is called 'everything'") as refused:
        find_query(place, "everything")
    assert list(refused.value.allowed) == QUERIES


def test_an_unknown_parameter_is_refused(place: Place) -> None:
    """A misspelled parameter must not be ignored."""
    found = find_query(place, "definitions")
    with pytest.raises(UnknownParameter) as refused:
        found.bind({"injury": [ox.NamedNode(BASE + "A")], "injurie": []})
    assert (refused.value.where, refused.value.allowed) == ("injurie", ("injury",))


def test_a_missing_parameter_is_refused(place: Place) -> None:
    """The example in the file is no default; only factors may be left out."""
    known = Known(BASE + "HamstringStrain", 2, Span.at(60))
    for name in ("injury", "grade", "fromHours", "untilHours"):
        terms = {key: value for key, value in known.terms.items() if key != name}
        with pytest.raises(InvalidValue) as refused:
            find_query(place, "contraindications").bind(terms)
        assert refused.value.where == name


def test_factors_may_be_left_out(primum: Primum) -> None:
    """No factors, an empty list and leaving them out are one question."""
    known = Known(BASE + "HamstringStrain", 2, Span.at(60))
    terms = {key: value for key, value in known.terms.items() if key != "factor"}
    found = find_query(primum.place, "contraindications")
    assert on_oxigraph(primum, found.bind(known.terms)) == on_oxigraph(primum, found.bind(terms))


NASTY = [
    '"',
    "'",
    "\\",
    "\n",
    '" } } #',
    "} DROP ALL ; {",
    "\\u0022 } }",
    "<http://example.org/>",
    "?injury",
    "\\1\\g<0>",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_literal_stays_one_term_whatever_it_holds(place: Place, text: str) -> None:
    """The store reads back the very literal that was bound, and nothing besides."""
    bound = find_query(place, "definitions").bind({"injury": [ox.Literal(text)]})
    values = bound[bound.index("VALUES ?injury") : bound.index("?injury primum:entails")]
    rows = ox.Store().query(f"SELECT ?injury WHERE {{ {values} }}")
    assert isinstance(rows, ox.QuerySolutions)
    assert [ox.Literal(text)] == [row["injury"] for row in rows]


def test_a_term_cannot_pose_as_another_parameter_s_block(place: Place) -> None:
    """A literal that looks like a block is not filled in when that other parameter is bound."""
    terms: Bound = {
        "injury": [ox.Literal("VALUES ?grade { }")],
        "grade": [ox.Literal("} injected {")],
        "fromHours": [ox.Literal(0)],
        "untilHours": [ox.Literal(1)],
    }
    bound = find_query(place, "contraindications").bind(terms)
    assert 'VALUES ?injury { "VALUES ?grade { }" }' in bound
    ox.Store().query(bound)


@pytest.mark.parametrize("iri", ["http://a.example/> } #", "http://a.example/ b", "a{b}", ""])
def test_what_is_no_iri_is_no_term(iri: str) -> None:
    """The RDF library refuses it before any query sees it."""
    with pytest.raises(ValueError, match="IRI"):
        ox.NamedNode(iri)


@pytest.mark.parametrize(
    ("pair", "wrong"),
    [
        (("injury", "primum:HamstringStrain } #"), UnknownName),
        (("factor", '"x"'), UnknownName),
        (("grade", "2 3"), InvalidValue),
        (("grade", "4"), InvalidValue),
        (("fromHours", "1e3"), InvalidValue),
        (("untilHours", "72 } #"), InvalidValue),
        (("where", "?x"), InvalidValue),
    ],
)
def test_parameters_are_names_and_numbers(
    primum: Primum, pair: tuple[str, str], wrong: type[Exception]
) -> None:
    """What a caller writes becomes a known term or a number, or is refused."""
    with pytest.raises(wrong):
        terms_of(primum.vocabulary, [pair])


def test_parameters_become_terms(primum: Primum) -> None:
    """A name becomes an IRI, a number a literal; what is given twice is both."""
    pairs = [("factor", "fever"), ("factor", "burn"), ("grade", "0"), ("fromHours", "47.50")]
    assert terms_of(primum.vocabulary, pairs) == {
        "factor": [ox.NamedNode(BASE + "Fever"), ox.NamedNode(BASE + "Burn")],
        "grade": [ox.Literal(0)],
        "fromHours": [ox.Literal("47.5", datatype=ox.NamedNode(Datatype.DECIMAL))],
    }


def test_only_select_is_answered(primum: Primum) -> None:
    """A query of another form has no columns and rows."""
    with pytest.raises(UnknownName, match="Only SELECT"):
        select(primum.release.store, "ASK {}")


def test_a_query_without_a_header_is_refused(tmp_path: Path) -> None:
    """A file that does not say what it asks is a fault of the knowledge."""
    folder = tmp_path / "queries" / "ask"
    folder.mkdir(parents=True)
    (folder / "bare.rq").write_text("SELECT * WHERE {}\n", encoding="utf-8")
    with pytest.raises(KnowledgeNotFound, match="no title"):
        named_queries(Place(tmp_path))


# --- One semantics -------------------------------------------------------------------------------


def test_the_cases_that_are_compared_cover_all_there_is(primum: Primum) -> None:
    """Every injury and grade at every boundary, and every factor at least once."""
    knowledge = primum.release.knowledge
    cases = known_cases(knowledge)
    asked = {(known.injury, known.grade, known.hours.start.at) for known in cases}
    assert asked >= {(*pair, at) for pair in graded(knowledge) for at in boundaries(knowledge)}
    factors = frozenset[str]().union(*(known.present for known in cases))
    assert {term.iri for term in knowledge.factors} == factors


@pytest.mark.slow
@pytest.mark.parametrize("draw", [known_cases, days])
def test_sparql_gives_the_levels_of_the_engine(
    primum: Primum, draw: Callable[[Knowledge], Sequence[Known]]
) -> None:
    """`contraindications.rq` and the engine agree on every treatment, throughout and somewhere.

    A general injury leaves its kinds open; SPARQL takes it as none of them, so there only what is
    certain at an instant must be the same.
    """
    known_narrowly = leaves(primum.release.knowledge)
    for known in draw(primum.release.knowledge):
        rows = rows_for(primum, "contraindications", known)
        levels = {iri: (int(least or 0), int(most or 0)) for iri, least, most in rows}
        found = {
            f.treatment.iri: (int(f.certain), int(f.possible))
            for f in answered(primum, known).findings
        }
        if known.injury in known_narrowly:
            assert levels.items() >= found.items(), known
        else:
            assert [found[iri][0] for iri in found] == [levels[iri][0] for iri in found], known


@pytest.mark.slow
def test_sparql_gives_the_reasons_of_the_engine(primum: Primum) -> None:
    """`reasons.rq` finds for each treatment the rules that the engine says hold for certain."""
    terms = {term.iri for term in primum.release.knowledge.treatments}
    for known in known_cases(primum.release.knowledge):
        rows = rows_for(primum, "reasons", known)
        found = {
            (f.treatment.iri, reason.rule.iri)
            for f in answered(primum, known).findings
            for reason in f.reasons
            if reason.holds is Holds.CERTAIN
        }
        assert found == {(row[0], row[2]) for row in rows if row[0] in terms}, known


@pytest.mark.slow
def test_sparql_gives_every_reason_within_a_day(primum: Primum) -> None:
    """Over a day `reasons.rq` finds the rules that hold at some instant of it."""
    knowledge = primum.release.knowledge
    terms = {term.iri for term in knowledge.treatments}
    for known in days(knowledge):
        if known.injury in leaves(knowledge):
            rows = rows_for(primum, "reasons", known)
            found = {
                (f.treatment.iri, reason.rule.iri)
                for f in answered(primum, known).findings
                for reason in f.reasons
            }
            assert found == {(row[0], row[2]) for row in rows if row[0] in terms}, known
