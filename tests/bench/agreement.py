"""The demand that what is timed over open facts and over time is what point answers add up to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from tests.bench.engines import Mismatch, Ranks, ranks_of

from primum.foundation.errors import Contradiction
from primum.foundation.names import local_name
from primum.model.answers import Timeline
from primum.model.cases import Case
from primum.model.explanations import Alternative, Explanation
from primum.model.levels import Screening, Verdict
from primum.model.spans import Number, Span, exact
from primum.model.terms import Term
from primum.reasoning.engine import Engine
from primum.reasoning.explaining import explain
from primum.reasoning.what_if import changed
from primum.use_cases.comparing import answered
from primum.use_cases.drawing import Situation
from primum.use_cases.judging import Judge, Judgement, Plea

_JUST = exact("0.000001")


def judged(engine: Engine, judge: Judge, situations: Sequence[Situation]) -> Callable[[], None]:
    """A call in which HermiT judges situations, and which raises Mismatch where the engine differs.

    What the engine says is found beforehand. HermiT takes seconds, beside which comparing takes no
    time, so it is compared as it is timed.
    """
    expected = [answered(engine, situation) for situation in situations]
    pleas = [Plea(situation, engine.knowledge.rules) for situation in situations]

    def call() -> None:
        for plea, one, other in zip(pleas, judge.judge(pleas), expected, strict=True):
            if one != other:
                raise Mismatch(
                    f"Different answers to {plea.situation}:\n"
                    f"  HermiT: {_apart(one, other)}\n  engine: {_apart(other, one)}"
                )

    return call


def _apart(one: Judgement | None, other: Judgement | None) -> str:
    """What a judgement says, of its rules only those that the other lacks."""
    if one is None:
        return "no such situation"
    more = one.rules - (frozenset() if other is None else other.rules)
    alone = ", ".join(sorted(map(local_name, more))) or "no rule"
    return f"{one.certain.word} for certain, {one.possible.word} at most, alone finds {alone}"


def demand_same_timeline(engine: Engine, case: Case, instants: Iterable[Number]) -> None:
    """Raise Mismatch where a timeline says otherwise than the point answer at an instant."""
    timeline = engine.timeline(case)
    for instant in instants:
        point = replace(case, hours=Span.at(instant))
        _demand_same(f"{point}", ranks_of(engine.answer(point)), _ranks_at(timeline, instant))


def _ranks_at(timeline: Timeline, instant: Number) -> Ranks:
    """The ranks that a timeline gives at an instant."""
    at = Span.at(instant)
    return {
        course.treatment.iri: (int(segment.certain), int(segment.possible))
        for course in timeline.courses
        for segment in course.segments
        if segment.hours.covers(at)
    }


def _demand_same(what: str, expected: Ranks, found: Ranks) -> None:
    """Raise Mismatch where ranks differ."""
    for iri in expected.keys() | found.keys():
        if expected.get(iri) != found.get(iri):
            raise Mismatch(
                f"Different answers to {what}:\n  {local_name(iri)}: "
                f"{expected.get(iri)} by point answers, {found.get(iri)} otherwise"
            )


def demand_spanned(engine: Engine, case: Case, completions: Iterable[Case]) -> None:
    """Raise Mismatch where the levels of a record are not the extremes of its completions'."""
    found: Ranks = {}
    for completion in completions:
        for iri, (certain, possible) in ranks_of(engine.answer(completion)).items():
            least, most = found.get(iri, (certain, possible))
            found[iri] = min(least, certain), max(most, possible)
    _demand_same(f"{case}", found, ranks_of(engine.answer(case)))


def completions(engine: Engine, case: Case, instants: Sequence[Number]) -> Iterator[Case]:
    """Completions of a record that reach its extremes, if no rule asks for two facts of a kind.

    Every grade at every instant without any open factor, and each open factor at one of these.
    This holds of generated rules; of shipped ones HermiT judges.
    """
    possible = sorted(engine.knowledge.axioms.grades[case.injury])
    grades = possible if case.grade is None else [case.grade]
    times = [case.hours] if case.hours.is_instant else [Span.at(at) for at in instants]
    known = replace(case, screening=Screening.ASSUME_CLEAR)
    points = [replace(known, grade=g, hours=at) for g, at in product(grades, times)]
    yield from points
    for factor in engine.knowledge.factors:
        supposed = replace(points[0], present=case.present | {factor.iri})
        if _is_possible(engine, supposed):
            yield supposed


def _is_possible(engine: Engine, case: Case) -> bool:
    """Whether the facts of a case can be true together."""
    try:
        engine.decision(case)
    except Contradiction:
        return False
    return True


def demand_explained(engine: Engine, case: Case, treatment: Term) -> None:
    """Raise Mismatch where an explanation says otherwise than the point answers that it supposes.

    Every change of facts must lead to the verdict it is said to lead to, and so must the clock.
    """
    explanation = explain(engine, case, treatment)
    expected = {case: explanation.finding.verdict, **_supposed(case, explanation)}
    for supposed, verdict in expected.items():
        found = verdict_on(engine, supposed, treatment)
        if found is not verdict:
            raise Mismatch(f"{supposed}: {verdict} by the explanation, {found} by the point answer")


def _supposed(case: Case, explanation: Explanation) -> dict[Case, Verdict]:
    """The changed cases of an explanation, with the verdicts that it states."""
    what_if = explanation.what_if
    alternatives: tuple[Alternative, ...] = what_if.milder + what_if.stricter
    found = {changed(case, other.changes): other.verdict for other in alternatives}
    if what_if.clock is not None:
        # A change may come just before or just after its instant.
        later = replace(case, hours=Span.at(exact(what_if.clock.hours + _JUST)))
        found[later] = what_if.clock.then
    return found


def verdict_on(engine: Engine, case: Case, treatment: Term) -> Verdict:
    """The verdict of the point answer on one treatment."""
    return next(f.verdict for f in engine.answer(case).findings if f.treatment == treatment)
