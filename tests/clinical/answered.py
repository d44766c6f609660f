"""What Primum answers to a case, in the spelling of the cases."""

from functools import cached_property

from tests.clinical.case import Clinical
from tests.clinical.reading import ChangeAt, Rules, Sets, Stretch
from tests.clinical.shipped import knowledge

from primum.model.answers import Change, Course, Fact, Finding, Question, Segment
from primum.model.explanations import Explanation, Supposed, Turn
from primum.model.levels import Holds, Level, Verdict
from primum.model.premises import About
from primum.reasoning.engine import Engine
from primum.reasoning.explaining import explain
from primum.use_cases.words import moment_of


class Answered:
    """The answers of an engine to one case; only what is looked at is asked for."""

    def __init__(self, case: Clinical, engine: Engine) -> None:
        """`case` is what is asked, `engine` who answers."""
        self.case = case
        self.engine = engine

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """The findings by the IRI of the treatment."""
        findings = self.engine.answer(self.case.record).findings
        return {finding.treatment.iri: finding for finding in findings}

    @cached_property
    def courses(self) -> dict[str, Course]:
        """The courses over time by the IRI of the treatment."""
        courses = self.engine.timeline(self.case.record).courses
        return {course.treatment.iri: course for course in courses}

    def explanation(self, iri: str) -> Explanation:
        """Why a treatment is answered as it is."""
        treatment = knowledge().vocabulary.treatments.of_iri(iri)
        return explain(self.engine, self.case.record, treatment)

    def verdict(self, iri: str) -> Verdict:
        """The verdict on a treatment."""
        return self.findings[iri].verdict

    def possible(self, iri: str) -> Level:
        """The strictest level that may hold."""
        return self.findings[iri].possible

    def reasons(self, iri: str) -> Rules:
        """The contraindication rules that hold or may hold."""
        return frozenset(reason.rule.slug for reason in self.findings[iri].reasons)

    def levels(self, iri: str) -> frozenset[tuple[str, str]]:
        """The contraindication rules that hold or may hold, each with its level."""
        return frozenset((r.rule.slug, r.rule.word) for r in self.findings[iri].reasons)

    def appraised(self, iri: str) -> frozenset[tuple[str, str]]:
        """The recommendation rules that hold or may hold, each with what it says."""
        return frozenset((r.rule.slug, r.rule.word) for r in self.findings[iri].recommended)

    def recommended(self, iri: str) -> Rules:
        """The recommendation rules that hold or may hold."""
        return frozenset(reason.rule.slug for reason in self.findings[iri].recommended)

    def for_certain(self, iri: str) -> Rules:
        """The rules of both kinds that hold however open facts turn out."""
        finding = self.findings[iri]
        every = (*finding.reasons, *finding.recommended)
        return frozenset(r.rule.slug for r in every if r.holds is Holds.CERTAIN)

    def screen(self, iri: str) -> frozenset[tuple[str, Level]]:
        """The factors to be asked for, with their levels."""
        return frozenset((s.factor.slug, s.level) for s in self.findings[iri].screen_for)

    def changes(self, iri: str) -> ChangeAt | None:
        """The next change of the levels."""
        return self._change(self.findings[iri].changes_at)

    def definite(self, iri: str) -> ChangeAt | None:
        """When the clock alone settles the level."""
        return self._change(self.findings[iri].definite_at)

    def _change(self, at: Change | None) -> ChangeAt | None:
        """A change, with its instant where the onset has a date."""
        if at is None:
            return None
        moment = moment_of(at, self.case.record)
        return ChangeAt(at.hours, at.bound, None if moment is None else moment.hours)

    def needs(self, iri: str) -> Sets:
        """The smallest sets of facts that settle the level."""
        needs = self.findings[iri].needs
        return frozenset(frozenset(map(asked_about, questions)) for questions in needs)

    def timeline(self, iri: str) -> tuple[Stretch, ...]:
        """The treatment over time."""
        return tuple(stretch_of(segment) for segment in self.courses[iri].segments)

    def why_not(self, iri: str) -> frozenset[tuple[str, frozenset[About]]]:
        """The rules that speak of the treatment in vain, with the kinds of premises that fail."""
        return frozenset(
            (found.rule.slug, frozenset(premise.about for premise in found.premises))
            for found in self.explanation(iri).why_not
            if not found.together
        )

    def milder(self, iri: str) -> frozenset[tuple[frozenset[str], Verdict]]:
        """The smallest changes of facts that make the verdict milder."""
        found = self.explanation(iri).what_if.milder
        return frozenset((frozenset(map(spelled, a.changes)), a.verdict) for a in found)


def asked_about(question: Question) -> str:
    """The fact that a question is about, by its word or the factor's slug."""
    return question.terms[0].slug if question.about is Fact.FACTOR else question.about.value


def stretch_of(segment: Segment) -> Stretch:
    """A segment as the cases spell it."""
    until, end = segment.hours.end, segment.end
    bound = "" if end is None else end.bound
    return Stretch(segment.verdict, segment.possible, until and until.at, bound)


def spelled(change: Supposed) -> str:
    """A changed fact as the cases spell it."""
    if change.factor is None:
        return f"grade {change.grade}"
    return f"{'with' if change.turn is Turn.PRESENT else 'without'} {change.factor.slug}"
