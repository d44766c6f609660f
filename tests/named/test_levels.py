"""One semantics: SPARQL, the engine and the answer to a question give the same levels."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from tests.named.asking import Row, asked, records, rows_of

from primum.foundation.errors import Contradiction
from primum.foundation.names import Datatype, local_name
from primum.model.answers import Answer
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds
from primum.model.manchester import spell
from primum.model.regions import UNGRADED
from primum.model.spans import Number, Span, exact
from primum.use_cases.named.query import Value
from primum.use_cases.named.questions import Questions
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

SECOND = exact("0.000277778")
DAY = 24
DAYS = ("0", "1", "2", "3", "6", "7", "55", "56", "1.875", "3.0")


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
    def terms(self) -> dict[str, list[Value]]:
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


def leaves(knowledge: Knowledge) -> set[str]:
    """The injuries without a narrower one: for these a named class leaves no class open."""
    above = knowledge.axioms.above
    wider = {other for iri, supers in above.items() for other in supers if other != iri}
    return {local_name(term.iri) for term in knowledge.injuries if term.iri not in wider}


def rows_for(questions: Questions, store: ox.Store, name: str, known: Known) -> list[Row]:
    """The rows of a question about a known case."""
    return rows_of(store, questions.find(name).bind(known.terms))


def levels(answer: Answer) -> dict[str, tuple[int, int]]:
    """The certain and the possible level of every treatment in an answer."""
    return {f.treatment.id: (int(f.certain), int(f.possible)) for f in answer.findings}


def test_the_cases_that_are_compared_cover_all_there_is(primum: Primum) -> None:
    """Every injury and grade at every boundary, and every factor at least once."""
    knowledge = primum.release.knowledge
    cases = known_cases(knowledge)
    compared = {(known.injury, known.grade, known.hours.start.at) for known in cases}
    assert compared >= {(*pair, at) for pair in graded(knowledge) for at in boundaries(knowledge)}
    factors = frozenset[str]().union(*(known.present for known in cases))
    assert {term.iri for term in knowledge.factors} == factors


@pytest.mark.slow
@pytest.mark.parametrize("draw", [known_cases, days])
def test_sparql_gives_the_levels_of_the_engine(
    primum: Primum,
    questions: Questions,
    store: ox.Store,
    draw: Callable[[Knowledge], Sequence[Known]],
) -> None:
    """`contraindications` and the engine agree on every treatment, throughout and somewhere.

    A general injury leaves its kinds open; this question takes it as none of them, so there only
    what is certain at an instant must be the same.
    """
    known_narrowly = leaves(primum.release.knowledge)
    for known in draw(primum.release.knowledge):
        rows = rows_for(questions, store, "contraindications", known)
        ranks = {iri: (int(least), int(most)) for iri, least, most in rows}
        found = levels(primum.engine.answer(known.case))
        if local_name(known.injury) in known_narrowly:
            assert ranks.items() >= found.items(), known
        else:
            assert [found[iri][0] for iri in found] == [ranks[iri][0] for iri in found], known


@pytest.mark.slow
def test_sparql_gives_the_reasons_of_the_engine(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """`reasons` finds for each treatment the rules that the engine says hold for certain."""
    terms = {term.id for term in primum.release.knowledge.treatments}
    for known in known_cases(primum.release.knowledge):
        rows = rows_for(questions, store, "reasons", known)
        found = {
            (f.treatment.id, reason.rule.id)
            for f in primum.engine.answer(known.case).findings
            for reason in f.reasons
            if reason.holds is Holds.CERTAIN
        }
        assert found == {(row[0], row[2]) for row in rows if row[0] in terms}, known


@pytest.mark.slow
def test_sparql_gives_every_reason_within_a_day(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """Over a day `reasons` finds the rules that hold at some instant of it."""
    knowledge = primum.release.knowledge
    terms, known_narrowly = {term.id for term in knowledge.treatments}, leaves(knowledge)
    for known in days(knowledge):
        if local_name(known.injury) in known_narrowly:
            rows = rows_for(questions, store, "reasons", known)
            found = {
                (f.treatment.id, reason.rule.id)
                for f in primum.engine.answer(known.case).findings
                for reason in f.reasons
            }
            assert found == {(row[0], row[2]) for row in rows if row[0] in terms}, known


# --- By day --------------------------------------------------------------------------------------


def asked_by_day(knowledge: Knowledge) -> Iterator[Asked]:
    """Every injury, in each grade and with an open one, on five days, with factors in turn."""
    chance = random.Random(1)  # noqa: S311 - a sample, no secret
    slugs = [term.slug for term in knowledge.factors]
    for term in knowledge.injuries:
        grades = sorted(knowledge.axioms.grades[term.iri] - {UNGRADED})
        for grade in (None, *map(str, grades)):
            for day in chance.sample(DAYS, 5):
                present = chance.sample(slugs, chance.choice((0, 0, 1, 2)))
                yield Asked(term.slug, grade=grade, day=day, present=present)


def pairs_of(asked: Asked) -> list[tuple[str, str]]:
    """A question of the service as parameters of the named one."""
    grade = [] if asked.grade is None else [("grade", asked.grade)]
    factors = [("factor", name) for name in asked.present]
    return [("injury", asked.injury), *grade, ("day", asked.day or ""), *factors]


@pytest.mark.slow
def test_the_question_by_day_gives_what_the_service_answers(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """The same treatments at the same levels, for general injuries and open grades too."""
    knowledge, compared = primum.release.knowledge, 0
    terms = {term.id for term in knowledge.treatments}
    for one in asked_by_day(knowledge):
        try:
            answer = primum.ask(one)
        except Contradiction:
            continue
        expected = {
            f.treatment.id: (f.certain.word, f.possible.word) for f in answer.findings if f.possible
        }
        rows = asked(questions, store, "contraindicated-on-day", pairs_of(one))
        found = {treatment: (least, most) for treatment, _, least, most in rows}
        assert expected == {iri: word for iri, word in found.items() if iri in terms}, one
        compared += 1
    assert compared > 300


@pytest.mark.slow
def test_a_window_changes_where_the_engine_says_so(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """A rule holds a second before its window closes and not at that hour; no closing is missed."""
    knowledge = primum.release.knowledge
    terms, known_narrowly = {term.id for term in knowledge.treatments}, leaves(knowledge)
    for injury, grade in graded(knowledge):
        if local_name(injury) not in known_narrowly:
            continue
        words = [("injury", injury), ("grade", str(grade)), ("fromHours", "0")]
        pairs = [*words, ("untilHours", "2000"), ("factor", "haematoma-at-site")]
        factors = frozenset(iri for _, iri in [pair for pair in pairs if pair[0] == "factor"])
        present = frozenset(primum.vocabulary.factors.find(f, where="factor").iri for f in factors)
        expected = {
            (spell(at), treatment, rule)
            for at in boundaries(knowledge)
            if at > 0
            for treatment, rule in holding(primum, injury, grade, exact(at - SECOND), present)
            - holding(primum, injury, grade, at, present)
        }
        found = records(questions, store, "changes-between", pairs)
        assert {r["change"] for r in found} <= {"closes"}
        closed = {(r["hour"], r["treatment"], r["rule"]) for r in found if r["treatment"] in terms}
        assert expected == closed, (injury, grade)


def holding(
    primum: Primum, injury: str, grade: int, at: Number, present: frozenset[str]
) -> set[tuple[str, str]]:
    """The contraindications that hold at an instant, by treatment and rule."""
    answer = primum.engine.answer(Case(injury, grade, Span.at(at), present))
    return {(f.treatment.id, r.rule.id) for f in answer.findings for r in f.reasons}
