"""Putting the parts of an answer into words, by the phrases that the ontology holds."""

from collections.abc import Iterable, Mapping

from primum.foundation.errors import KnowledgeError
from primum.foundation.names import PHRASE_BASE
from primum.model.answers import Change, Fact, Question
from primum.model.cases import Case, Dating
from primum.model.knowledge import Knowledge
from primum.model.levels import Verdict
from primum.model.manchester import spell
from primum.model.moments import Moment
from primum.model.premises import About, Premise, Stands
from primum.model.regions import UNGRADED
from primum.model.spans import Span

_BETWEEN = ", "
_CLAUSES = "; "


class Words:
    """The words of one knowledge base; every sentence comes from its phrases and labels."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index the labels once."""
        terms = (*knowledge.injuries, *knowledge.treatments, *knowledge.factors)
        self._labels: Mapping[str, str] = {term.iri: term.label for term in terms}
        self._phrases = knowledge.phrases

    def say(self, name: str, **values: object) -> str:
        """A phrase with its gaps filled; raises KnowledgeError where there is no such phrase."""
        try:
            return self._phrases[name].format_map(values)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise KnowledgeError(
                f"The phrase <{PHRASE_BASE}{name}> is missing or has a gap that nothing fills: "
                f"{error}. It takes {', '.join(sorted(values)) or 'no gaps'}."
            ) from error

    def label(self, iri: str) -> str:
        """The label of a term."""
        return self._labels.get(iri, iri)

    def labels(self, iris: Iterable[str]) -> str:
        """The labels of several terms, by label."""
        return _BETWEEN.join(sorted(map(self.label, iris), key=str.casefold))

    def clauses(self, parts: Iterable[str]) -> str:
        """Several parts of a sentence."""
        return _CLAUSES.join(parts)

    def case(self, case: Case) -> str:
        """The facts of a case."""
        parts = [self.say("case-injury", injury=self.label(case.injury))]
        if case.grade is not None:
            parts.append(self.say("case-grade", grade=case.grade))
        if case.age is not None:
            parts.append(self.say("case-age", age=case.age))
        if case.dating is not None:
            parts.append(self.onset(case.dating))
        if case.dating is None or case.dating.at is not None:
            parts.append(self.time(case.hours))
        for name, factors in (("case-present", case.present), ("case-absent", case.absent)):
            if factors:
                parts.append(self.say(name, factors=self.labels(factors)))
        return _BETWEEN.join(parts)

    def onset(self, dating: Dating) -> str:
        """When the injury began, as a date or between two."""
        onset, offset = dating.onset, dating.offset
        first = None if onset.earliest is None else Moment(onset.earliest.at, offset)
        last = None if onset.latest is None else Moment(onset.latest.at, offset)
        if onset.is_exact:
            return self.say("onset-at", date=first)
        if first is None or last is None:
            return self.say("onset-before" if first is None else "onset-after", date=first or last)
        return self.say("onset-between", **{"from": first, "until": last})

    def time(self, hours: Span) -> str:
        """The time since onset."""
        if hours == Span():
            return self.say("time-unknown")
        start = spell(hours.start.at)
        if hours.end is None:
            return self.say("time-from", **{"from": start})
        if hours.is_instant:
            return self.say("time-instant", hours=start)
        return self.say("time-span", **{"from": start, "until": spell(hours.end.at)})

    def numbers(self, span: Span) -> str:
        """The numbers of a span, as a rule asks for them."""
        word = "number-more-than" if span.start.after else "number-at-least"
        low = self.say(word, number=spell(span.start.at))
        if span.end is None:
            return low
        word = "number-at-most" if span.end.after else "number-less-than"
        high = self.say(word, number=spell(span.end.at))
        if span.start == Span().start:
            return high
        return self.say("number-between", **{"from": low, "until": high})

    def grades(self, grades: Iterable[int]) -> str:
        """Grades, without the mark for injuries that have none."""
        return _BETWEEN.join(str(grade) for grade in sorted(set(grades) - {UNGRADED}))

    def premise(self, premise: Premise, case: Case) -> str:
        """One premise: how it stands, and what was found."""
        match premise.about:
            case About.GRADE:
                return self._counted(premise, case.grade, self.grades(premise.grades))
            case About.AGE:
                return self._counted(premise, case.age, self.numbers(premise.span or Span()))
            case About.HOURS:
                asked = self.numbers(premise.span or Span())
                found = self.time(case.hours)
                return self.say(f"{premise.stands}-hours", found=found, required=asked)
            case _:
                return self._class(premise)

    def _counted(self, premise: Premise, found: int | None, asked: str) -> str:
        """A premise on the grade or the age."""
        name = f"{premise.stands}-{premise.about}"
        if premise.stands is Stands.OPEN:
            return self.say(name, required=asked)
        if found is None:
            return self.say(f"{name}-any", required=asked)
        return self.say(name, found=found, required=asked)

    def _class(self, premise: Premise) -> str:
        """A premise on the injury or a factor."""
        name = f"{premise.stands}-{'' if premise.wanted else 'not-'}{premise.about}"
        asked = self.label(premise.iri)
        by_another = premise.found not in ("", premise.iri)
        if premise.stands is Stands.MET and premise.wanted and by_another:
            return self.say(f"{name}-kind", found=self.label(premise.found), required=asked)
        if premise.assumed:
            name = f"{name}-assumed"
        return self.say(name, required=asked)

    def when(self, change: Change, case: Case) -> str:
        """The instant of a change: in hours since onset, and as a date where there is one."""
        dated = moment_of(change, case)
        if dated is None:
            return self.say("when", hours=spell(change.hours))
        if case.dating is not None and not case.dating.onset.is_exact:
            return self.say("when-vague", date=dated)
        return self.say("when-dated", hours=spell(change.hours), date=dated)

    def change(self, change: Change, case: Case) -> str:
        """What happens when a treatment's levels change."""
        lifted = "-lifted" if change.then is Verdict.RULED_OUT else ""
        then = self.say(f"name-{change.then}")
        name = f"ends-{change.bound or 'otherwise'}{lifted if change.bound else ''}"
        return self.say(name, when=self.when(change, case), verdict=then)

    def question(self, question: Question, hours: Span) -> str:
        """An open fact as a question; `hours` is the time that the record leaves open."""
        match question.about:
            case Fact.FACTOR:
                return self.say("ask-factor", factor=question.terms[0].label)
            case Fact.INJURY:
                choices = _BETWEEN.join(term.label for term in question.terms)
            case Fact.GRADE:
                choices = self.grades(question.grades)
            case Fact.TIME:
                spans = (span.intersect(hours) for span in question.spans)
                choices = _CLAUSES.join(self.numbers(span) for span in spans)
            case Fact.AGE:
                choices = _CLAUSES.join(map(self.numbers, question.spans))
        return self.say(f"ask-{question.about}", choices=choices)


def moment_of(change: Change, case: Case) -> Moment | None:
    """The calendar instant of a change, where the onset is dated."""
    if case.dating is None:
        return None
    return Moment(case.dating.onset.zero, case.dating.offset).later(change.hours)
