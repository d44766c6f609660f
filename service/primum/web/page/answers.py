"""Answering the question of an address, for a page."""

from dataclasses import dataclass

from primum.model.cases import Case
from primum.use_cases.page.cards import Group
from primum.use_cases.page.chart import Chart
from primum.use_cases.page.screening import Asked, screened
from primum.web.page.shelf import Shelf
from primum.web.page.state import State
from primum.web.parameters import Parameters
from primum.web.questions import REPEATED, SINGLE, asked_in
from primum.web.served import served


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a page shows it; `understood` is the question in words."""

    case: Case
    understood: str
    groups: tuple[Group, ...]
    chart: Chart
    screening: tuple[Asked, ...]


def answered(shelf: Shelf, state: State) -> Shown:
    """The answer to a question; raises QuestionError where it cannot be asked."""
    given = Parameters(state.given, single=SINGLE, repeated=REPEATED)
    primum, asked = served().primum, asked_in(given)
    answer, timeline = primum.ask(asked), primum.timeline(asked)
    above = primum.release.knowledge.axioms.above
    return Shown(
        case=answer.case,
        understood=shelf.reader.words.case(answer.case),
        groups=shelf.reader.groups(answer),
        chart=Chart.of(timeline, above),
        screening=screened(answer, above),
    )
