"""What is timed over open facts and over time is compared with point answers first."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from tests.bench.agreement import (
    completions,
    demand_explained,
    demand_same_timeline,
    demand_spanned,
)
from tests.bench.engines import Mismatch
from tests.bench.generate import generated, narrowest_injuries
from tests.bench.open_facts import in_each_band, records_of
from tests.bench.proofs import demand_accepted, proved
from tests.bench.records import (
    OPENINGS,
    all_unknown,
    factors_unknown,
    instants,
    known_records,
    opened,
    with_open_factors,
)
from tests.bench.scale import QUICK

from primum.model.answers import Answer, Timeline
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.engine import Engine
from primum.reasoning.explaining import explain
from primum.reasoning.worlds import facts_of
from primum.use_cases.drawing import Situation
from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum


@pytest.fixture(scope="module")
def known(primum: Primum) -> list[Situation]:
    """Ten known records."""
    return known_records(primum.release.knowledge, count=10, seed=1)


@pytest.fixture(scope="module")
def grown(primum: Primum) -> Knowledge:
    """A hundred generated rules."""
    return generated(primum.release.knowledge, rules=100, seed=1)


def number_open(engine: Engine, case: Case) -> int:
    """How many factors a record leaves open."""
    return facts_of(engine.tables, case).open_factors.bit_count()


def test_known_records_leave_nothing_open(primum: Primum, known: list[Situation]) -> None:
    """Injury, grade, instant and age are known, so the two levels are one everywhere."""
    narrowest = {term.iri for term in narrowest_injuries(primum.release.knowledge)}
    assert narrowest.issuperset(record.case.injury for record in known)
    assert all(record.case.hours.is_instant for record in known)
    assert None not in {n for r in known for n in (r.case.grade, r.case.age)}
    answers = [primum.engine.answer(record.case) for record in known]
    assert all(found.certain == found.possible for a in answers for found in a.findings)


@pytest.mark.parametrize("name", OPENINGS)
def test_each_opening_leaves_some_level_open(
    primum: Primum, known: list[Situation], name: str
) -> None:
    """A record with open facts is really one."""
    answers = [primum.engine.answer(record.case) for record in opened(known, OPENINGS[name])]
    assert any(found.certain != found.possible for a in answers for found in a.findings)


def test_every_general_injury_is_asked_about(primum: Primum) -> None:
    """The injuries that have kinds come one after the other."""
    records = records_of(primum, replace(QUICK, records=30))["general injury, all unknown"]
    narrowest = narrowest_injuries(primum.release.knowledge)
    general = {term.iri for term in primum.release.knowledge.injuries if term not in narrowest}
    assert general == {record.case.injury for record in records}


@pytest.mark.parametrize("number", [0, 1, 5, 30])
def test_so_many_factors_are_open_as_asked(
    primum: Primum, known: list[Situation], number: int
) -> None:
    """The wider factors come first, so that none that is open is absent with a wider one."""
    cases = [with_open_factors(primum.engine, record.case, number) for record in known]
    assert {number} == {number_open(primum.engine, case) for case in cases}


def test_with_none_named_all_factors_are_open(primum: Primum, known: list[Situation]) -> None:
    """Then no factor is absent."""
    case = with_open_factors(primum.engine, known[0].case, None)
    assert number_open(primum.engine, case) > 64
    assert not case.absent


def test_instants_lie_on_and_between_all_ends(grown: Knowledge) -> None:
    """Each stretch of time that rules can tell apart has one."""
    every = instants(grown)
    assert sorted(set(every)) == every
    assert {48, 60, 72} <= set(every)
    bands = Engine(grown).tables.hours
    assert set(range(len(bands.cuts))) == {bands.of(Span.at(at)).start for at in every}


def test_each_band_is_a_situation(primum: Primum, known: list[Situation]) -> None:
    """They follow each other from onset on without a gap."""
    spans = [each.case.hours for each in in_each_band(primum.engine, known[0])]
    assert spans[0].start == Span().start
    assert spans[-1].end is None
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]


@pytest.mark.parametrize("opening", [factors_unknown, all_unknown])
def test_completions_span_an_open_answer(
    grown: Knowledge, known: list[Situation], opening: Callable[[Case], Case]
) -> None:
    """Point answers to a few completions reach both levels of each treatment."""
    engine = Engine(grown)
    for record in opened(known[:2], opening):
        demand_spanned(engine, record.case, completions(engine, record.case, instants(grown)))


def test_an_answer_wider_than_its_completions_is_reported(
    grown: Knowledge, known: list[Situation]
) -> None:
    """If the completions do not reach a level, it is wrong, or they are too few."""
    engine, case = Engine(grown), factors_unknown(known[0].case)
    few = list(completions(engine, case, []))[:1]
    with pytest.raises(Mismatch, match="by point answers"):
        demand_spanned(engine, case, few)


def test_timelines_are_what_point_answers_add_up_to(primum: Primum, known: list[Situation]) -> None:
    """At every instant, for known records and for open ones."""
    every = instants(primum.release.knowledge)
    for record in (*known[:2], *opened(known[:2], all_unknown)):
        demand_same_timeline(primum.engine, record.case, every)


class Timeless(Engine):
    """An engine whose timelines are those of a record without its factors."""

    def timeline(self, case: Case) -> Timeline:
        """A wrong timeline."""
        return super().timeline(replace(case, present=frozenset()))


def test_a_planted_wrong_timeline_is_reported(primum: Primum, known: list[Situation]) -> None:
    """One level at one instant is enough, and it is named."""
    engine, case = Timeless(primum.release.knowledge), known[0].case
    factor = next(r.regions[0].factors for r in engine.knowledge.rules if r.level == Level.ABSOLUTE)
    with pytest.raises(Mismatch, match=r"by point answers, \(\d, \d\) otherwise"):
        demand_same_timeline(engine, replace(case, present=factor.required), [48])


def explained(engine: Engine, records: Sequence[Situation]) -> tuple[Case, Term]:
    """The first case and treatment whose explanation finds a change that matters."""
    terms = {term.iri: term for term in engine.knowledge.treatments}
    asked = ((record.case, terms[record.treatment]) for record in records)
    return next(each for each in asked if explain(engine, *each).what_if.stricter)


def test_explanations_are_what_point_answers_say(primum: Primum, known: list[Situation]) -> None:
    """Every change that is found leads to the verdict it is said to lead to."""
    demand_explained(primum.engine, *explained(primum.engine, known))


class Stubborn(Engine):
    """An engine that answers each question as the first."""

    first: Case | None = None

    def answer(self, case: Case) -> Answer:
        """The answer to the first question."""
        self.first = self.first or case
        return super().answer(self.first)


def test_a_change_that_changes_nothing_is_reported(primum: Primum, known: list[Situation]) -> None:
    """The verdict after a change is compared with that of the changed record."""
    engine = Stubborn(primum.release.knowledge)
    asked = explained(primum.engine, known)
    with pytest.raises(Mismatch, match=r"by the explanation, .* by the point answer"):
        demand_explained(engine, *asked)


def test_a_proof_that_does_not_hold_is_reported(primum: Primum, known: list[Situation]) -> None:
    """The checker accepts what the prover gives, and not the same without its last step."""
    [one, *_] = proved(primum, Prover.over(primum), known)
    demand_accepted(one.documents)
    cut = {**one.documents[0], "steps": one.documents[0]["steps"][:-1]}
    with pytest.raises(Mismatch, match="No proof of"):
        demand_accepted([cut])
