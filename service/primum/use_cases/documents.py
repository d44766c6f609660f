"""Answers as JSON documents, in the shape that the contracts fix (design, section 5)."""

from typing import Any

from primum.foundation.names import local_name
from primum.model.answers import Answer, Change, Fact, Finding, Question, Reason, Screen
from primum.model.cases import Case, Dating
from primum.model.knowledge import Edition, Knowledge
from primum.model.manchester import facets
from primum.model.moments import Moment
from primum.model.premises import About, Premise
from primum.model.rules import Rule
from primum.model.spans import Number, Span
from primum.model.terms import Term
from primum.use_cases.grounds import grounds
from primum.use_cases.words import Words, moment_of

Json = dict[str, Any]


class Writer:
    """Writes answers over one knowledge base as documents."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Write once what many answers share: references to terms, and the grounds of rules."""
        every = (*knowledge.injuries, *knowledge.treatments, *knowledge.factors)
        self.knowledge = knowledge
        self.words = Words(knowledge)
        self.reference: dict[str, Any] = {term.iri: reference(term) for term in every}
        self.grounds = {
            rule.iri: {"rule": reference(rule), **grounds(rule)} for rule in knowledge.rules
        }

    def answer(self, answer: Answer) -> Json:
        """The whole answer."""
        return {
            **self.head(answer.case, answer.edition),
            "treatments": [self.finding(found, answer.case) for found in answer.findings],
        }

    def head(self, case: Case, edition: Edition) -> Json:
        """What every answer begins with: the notice, the question as understood, the knowledge."""
        return {
            "notice": self.knowledge.notice,
            "question": self.question(case),
            "knowledge": {"version": edition.version, "digest": edition.digest},
        }

    def question(self, case: Case) -> Json:
        """The question as it was understood."""
        return {
            "injury": self.reference[case.injury],
            "grade": case.grade,
            "age": case.age,
            "time": self.time(case),
            "factors": {
                "present": self._listed(case.present),
                "absent": self._listed(case.absent),
            },
            "screening": case.screening.value,
        }

    def time(self, case: Case) -> Json | None:
        """The time that is asked about, or None where the case says nothing of it."""
        if case.hours == Span() and case.dating is None:
            return None
        dates = {} if case.dating is None else dates_of(case.dating)
        return {**bounds(case.hours), **dates, "convention": self.knowledge.convention}

    def _listed(self, iris: frozenset[str]) -> list[Json]:
        """References to terms, by id."""
        return [self.reference[iri] for iri in sorted(iris)]

    def verdict(self, found: Finding, case: Case) -> Json:
        """The verdict on one treatment and its next change, without reasons."""
        at = found.changes_at
        return {
            "treatment": self.reference[found.treatment.iri],
            "verdict": found.verdict.value,
            "level": {"certain": found.certain.word, "possible": found.possible.word},
            **({} if at is None else {"changesAt": self.change(at, case)}),
        }

    def finding(self, found: Finding, case: Case) -> Json:
        """The answer for one treatment."""
        treatment, at = found.treatment.iri, found.definite_at
        return {
            **self.verdict(found, case),
            **({} if at is None else {"definiteAt": self.change(at, case)}),
            "reasons": [self._reason(reason, case, treatment) for reason in found.reasons],
            "needs": [[self.need(q, case.hours) for q in questions] for questions in found.needs],
            "screenFor": [self.screen(screen) for screen in found.screen_for],
            "recommended": [self._reason(r, case, treatment) for r in found.recommended],
            "stricterKinds": [
                {
                    "treatment": self.reference[kind.treatment.iri],
                    "level": {"certain": kind.certain.word, "possible": kind.possible.word},
                }
                for kind in found.stricter_kinds
            ],
        }

    def change(self, change: Change, case: Case) -> Json:
        """The next change of a finding, or the one that makes it definite."""
        return change_of(change, case)

    def screen(self, screen: Screen) -> Any:
        """A factor to ask about, and the level and rule that it would bring in."""
        factor, level = self.reference[screen.factor.iri], screen.level.word
        return {"factor": factor, "level": level, "rule": screen.rule.id}

    def need(self, question: Question, hours: Span) -> Any:
        """An open fact: what it is about, the question in words, the answers to choose from."""
        document: Json = {
            "about": question.about.value,
            "question": self.words.question(question, hours),
        }
        if question.grades:
            document["answers"] = list(question.grades)
        if question.terms:
            document["answers"] = [self.reference[term.iri] for term in question.terms]
        if question.spans:
            document["answers"] = [_answer(question, span, hours) for span in question.spans]
        return document

    def _reason(self, reason: Reason, case: Case, treatment: str) -> Json:
        """A rule that holds, with its grounds and what it was found to ask."""
        return {
            **self.grounds[reason.rule.iri],
            "holds": reason.holds.value,
            "because": [self.premise(p, case, treatment) for p in reason.premises],
            "window": window(reason),
        }

    def premise(self, premise: Premise, case: Case, treatment: str) -> Any:
        """What a rule asks of the situation, what was found, and how that stands."""
        return premise_of(premise, found_of(premise, case, treatment))


def premise_of(premise: Premise, found: Any) -> Json:
    """A premise beside what was found."""
    document: Json = {
        "premise": premise.about.value,
        "found": found,
        "required": _required(premise),
        "stands": premise.stands.value,
    }
    return document | {"assumed": True} if premise.assumed else document


def found_of(premise: Premise, case: Case, treatment: str) -> Any:
    """What the record says, as far as it bears on a premise."""
    match premise.about:
        case About.TREATMENT:
            return local_name(treatment)
        case About.GRADE:
            return case.grade
        case About.HOURS:
            return None if case.hours == Span() else bounds(case.hours)
        case About.AGE:
            return case.age
        case _:
            return local_name(premise.found) if premise.found else None


def _required(premise: Premise) -> str:
    """What a premise asks: a class, or `not` and a class, or numbers."""
    if premise.grades:
        return grades_required(premise.grades)
    if premise.span is not None:
        return facets(premise.span)
    return f"{'' if premise.wanted else 'not '}{local_name(premise.iri)}"


def _answer(question: Question, span: Span, hours: Span) -> Json:
    """A span of time or of ages as one of the answers to a question."""
    if question.about is Fact.TIME:
        return bounds(span.intersect(hours))
    return {
        "fromYears": plain(span.start.at),
        "untilYears": None if span.end is None else plain(span.end.at),
    }


def change_of(change: Change, case: Case) -> Json:
    """When levels change (on the clock, and on the calendar if dated), how firmly, and to what."""
    moment = moment_of(change, case)
    return change_at(change, None if moment is None else str(moment))


def change_at(change: Change, moment: object) -> Json:
    """A change with its instant on the calendar, or None where it has none."""
    dated = {} if moment is None else {"dateTime": moment}
    bound, verdict = change.bound or None, change.then.value
    return {"hours": plain(change.hours), **dated, "bound": bound, "verdict": verdict}


def dates_of(dating: Dating) -> Json:
    """The dates of a question: the onset, or the interval it lies in, and the instant."""
    onset, offset = dating.onset, dating.offset
    ends = (onset.earliest,) if onset.is_exact else (onset.earliest, onset.latest)
    spelled = [None if end is None else str(Moment(end.at, offset)) for end in ends]
    begun = (
        spelled[0] if onset.is_exact else dict(zip(("notBefore", "notAfter"), spelled, strict=True))
    )
    return {"onset": begun, **({"at": str(dating.at)} if dating.at else {})}


def reference(named: Term | Rule) -> Json:
    """A term or a rule by id, IRI and label."""
    return {"id": named.id, "iri": named.iri, "label": named.label}


def window(reason: Reason) -> Json | None:
    """The span of time in which a rule holds, or None where it holds at any time."""
    hours = reason.region.hours
    if hours == Span():
        return None
    return {**bounds(hours), "bound": reason.bound or None}


def bounds(hours: Span) -> Json:
    """A span of hours as `[fromHours, untilHours)`; an instant has both at that instant.

    An end that is otherwise says so: `fromExcluded`, `untilIncluded`.
    """
    odd = {}
    if hours.start.after:
        odd["fromExcluded"] = True
    if hours.end is not None and hours.end.after and not hours.is_instant:
        odd["untilIncluded"] = True
    return {
        "fromHours": plain(hours.start.at),
        "untilHours": None if hours.end is None else plain(hours.end.at),
        **odd,
    }


def plain(number: Number) -> int | float:
    """An exact number as JSON spells it."""
    return number if isinstance(number, int) else float(number)


def grades_required(grades: frozenset[int]) -> str:
    """A set of grades in words: `>= 2`, `= 1`, `1 or none`."""
    values = sorted(grades - {0})
    if len(values) == 1 and 0 not in grades:
        return f"= {values[0]}"
    if grades == frozenset(range(min(values, default=0), 4)):
        return f">= {min(values)}"
    return " or ".join([*map(str, values), *(["none"] if 0 in grades else [])])
