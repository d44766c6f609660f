"""From the tree of a valid record to the cases that the engine answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from primum.foundation.names import Record
from primum.model.cases import Case, Dating
from primum.model.levels import Screening
from primum.model.moments import Moment, Onset
from primum.model.spans import Cut, Span
from primum.use_cases.question import asked_at, hours_of
from primum.use_cases.records.tree import Iri, Node, Value

_At = Callable[[Dating | None, Moment | None], Case]


@dataclass(frozen=True, slots=True)
class Given:
    """A treatment of a record, given or planned: what, when if known, and the case at that time."""

    treatment: str
    at: Moment | None
    case: Case


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A valid record: its id if it has one, the case it describes, the treatments to audit."""

    id: str | None
    case: Case
    treatments: tuple[Given, ...] = ()


def record_of(root: Node, screening: Screening) -> CaseRecord:
    """The record of a tree that the shapes accept."""
    assessed_at = cast("Moment | None", root.one(Record.ASSESSED_AT))
    injury = cast("Node", root.one(Record.INJURY))
    known = _dating(injury.one(Record.ONSET))
    if known is not None and assessed_at is not None:
        # The injury was there when it was assessed, whenever a treatment is given.
        known = Dating(known.onset.by(assessed_at.hours), known.offset)
    case = _facts(root, injury, screening)
    return CaseRecord(
        id=cast("str | None", root.one(Record.ID)),
        case=case(known, assessed_at),
        treatments=tuple(
            _given(cast("Node", node), case, known) for node in root.all(Record.TREATMENT)
        ),
    )


def _facts(root: Node, injury: Node, screening: Screening) -> _At:
    """The facts of a record, to be asked about at any instant."""
    patient = root.node(Record.PATIENT)
    factors = None if patient is None else patient.node(Record.FACTORS)
    kind = cast("str", injury.one(Record.TYPE))
    grade = cast("int | None", injury.one(Record.GRADE))
    present, absent = _terms(factors, Record.PRESENT), _terms(factors, Record.ABSENT)
    age = None if patient is None else cast("int | None", patient.one(Record.AGE))

    def case(known: Dating | None, at: Moment | None) -> Case:
        dating = known if known is None or at is None else asked_at(known, at)
        hours = Span() if dating is None else hours_of(dating)
        return Case(kind, grade, hours, present, absent, age, screening, dating)

    return case


def _terms(node: Node | None, iri: str) -> frozenset[str]:
    """The classes that a node lists."""
    return frozenset() if node is None else frozenset(cast("list[Iri]", node.all(iri)))


def _dating(onset: Value | None) -> Dating | None:
    """When the injury began: an instant, or an interval of which one end may be open."""
    if onset is None:
        return None
    if isinstance(onset, Moment):
        return Dating(Onset.at(onset.hours), onset.offset)
    interval = cast("Node", onset)
    first = cast("Moment | None", interval.one(Record.NOT_BEFORE))
    last = cast("Moment | None", interval.one(Record.NOT_AFTER))
    known = cast("Moment", first or last)
    earliest = None if first is None else Cut(first.hours)
    latest = None if last is None else Cut(last.hours, after=True)
    return Dating(Onset(earliest, latest), known.offset)


def _given(node: Node, case: _At, known: Dating | None) -> Given:
    """A treatment with the case at its own instant, as far as the record tells it."""
    at = cast("Moment | None", node.one(Record.AT))
    return Given(cast("str", node.one(Record.TYPE)), at, case(known, at))
