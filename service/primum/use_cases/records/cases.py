"""From the tree of a valid record to the cases that the engine answers."""

from dataclasses import dataclass, replace
from typing import cast

from primum.foundation.names import Record
from primum.model.cases import Case, Dating
from primum.model.levels import Screening
from primum.model.moments import Moment, Onset
from primum.model.spans import Cut
from primum.use_cases.question import at_instant
from primum.use_cases.records.tree import Iri, Node, Value


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
    case = _case(root, screening)
    assessed_at = cast("Moment | None", root.one(Record.ASSESSED_AT))
    return CaseRecord(
        id=cast("str | None", root.one(Record.ID)),
        case=case if assessed_at is None else at_instant(case, assessed_at),
        treatments=tuple(
            _given(cast("Node", node), case, assessed_at) for node in root.all(Record.TREATMENT)
        ),
    )


def _case(root: Node, screening: Screening) -> Case:
    """The facts of a record, about no instant yet."""
    injury = cast("Node", root.one(Record.INJURY))
    patient = root.node(Record.PATIENT)
    factors = None if patient is None else patient.node(Record.FACTORS)
    return Case(
        injury=cast("str", injury.one(Record.TYPE)),
        grade=cast("int | None", injury.one(Record.GRADE)),
        present=_terms(factors, Record.PRESENT),
        absent=_terms(factors, Record.ABSENT),
        age=None if patient is None else cast("int | None", patient.one(Record.AGE)),
        screening=screening,
        dating=_dating(injury.one(Record.ONSET)),
    )


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


def _given(node: Node, case: Case, assessed_at: Moment | None) -> Given:
    """A treatment with the case at its own instant, as far as the record tells it.

    The injury was there when it was assessed, so its onset is not later, whenever the treatment is.
    """
    at = cast("Moment | None", node.one(Record.AT))
    known = case
    if assessed_at is not None and case.dating is not None:
        onset = case.dating.onset.by(assessed_at.hours)
        known = replace(case, dating=replace(case.dating, onset=onset))
    then = known if at is None else at_instant(known, at)
    return Given(cast("str", node.one(Record.TYPE)), at, then)
