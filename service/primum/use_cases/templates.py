"""Templates: findings as bytes with blanks, put together for any case that they hold for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from sys import getsizeof
from typing import Final, Self

from primum.model.answers import Change, Fact, Finding, Question
from primum.model.cases import Case
from primum.model.levels import Verdict
from primum.use_cases.documents import Json
from primum.use_cases.outline import EDGE, Outline, date_name, encoded, time_name

_COMMA: Final = b","
_FIXED = 1024  # bytes that a template takes besides its parts, about


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of one finding stand among those of a template, and its verdict."""

    parts: slice
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Template:
    """Findings in their order: text, name of a blank, text, and so on, ending with a name.

    Between two findings, and after the last, stands a blank too: for the comma. `places` are by
    the IRI of the treatment. `changes` are those whose dates are blank, and `questions` those
    about the time. `size` is in bytes.
    """

    parts: Sequence[bytes]
    places: Mapping[str, Place]
    changes: tuple[Change, ...]
    questions: tuple[Question, ...]
    size: int

    @classmethod
    def of(cls, findings: Sequence[Finding], documents: Sequence[Json]) -> Self:
        """The template of some findings, each documented by an outline."""
        parts: list[bytes] = []
        places = {}
        for found, document in zip(findings, documents, strict=True):
            start = len(parts)
            parts += (*encoded(document).split(EDGE), _COMMA)
            places[found.treatment.iri] = Place(slice(start, len(parts)), found.verdict)
        blank = set(parts[1::2])
        changes = {date_name(change): change for change in _changes(findings)}
        questions = {time_name(question): question for question in _questions(findings)}
        return cls(
            parts=parts,
            places=places,
            changes=tuple(change for name, change in changes.items() if name in blank),
            questions=tuple(asked for name, asked in questions.items() if name in blank),
            size=_FIXED + getsizeof(parts) + sum(map(getsizeof, parts)),
        )

    def filled(self, outline: Outline, case: Case) -> list[bytes]:
        """All findings for a case, with commas between them, in parts to be joined."""
        return self._filled(list(self.parts), outline, case)

    def filtered(
        self,
        outline: Outline,
        case: Case,
        *,
        treatment: str | None,
        verdicts: Collection[Verdict] | None,
    ) -> list[bytes]:
        """The same for one treatment, or for all, and for some verdicts only, or any."""
        iris = self.places if treatment is None else self.places.keys() & {treatment}
        parts: list[bytes] = []
        for place in map(self.places.__getitem__, iris):
            if verdicts is None or place.verdict in verdicts:
                parts += self.parts[place.parts]
        return self._filled(parts, outline, case)

    def _filled(self, parts: list[bytes], outline: Outline, case: Case) -> list[bytes]:
        """Parts with their blanks filled, without the last comma."""
        values = outline.values(case, self.changes, self.questions)
        values[_COMMA] = _COMMA
        parts[1::2] = [values[name] for name in parts[1::2]]
        return parts[:-1]


def _changes(findings: Sequence[Finding]) -> set[Change]:
    """All changes that findings tell of."""
    both = (change for found in findings for change in (found.changes_at, found.definite_at))
    return {change for change in both if change is not None}


def _questions(findings: Sequence[Finding]) -> set[Question]:
    """All questions about the time that findings ask."""
    sets = (questions for found in findings for questions in found.needs)
    return {asked for questions in sets for asked in questions if asked.about is Fact.TIME}
