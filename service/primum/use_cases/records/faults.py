"""What is wrong with a record, or worth telling: validation results in words that point into it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from primum.foundation.errors import QuestionError
from primum.foundation.names import Shape, local_name
from primum.model.naming import Names
from primum.model.shapes import Constraint, Form, RecordShapes
from primum.use_cases.records.pointers import below, pointer_of, value_at
from primum.use_cases.records.written import Written

VIOLATION: Final = "violation"
WARNING: Final = "warning"
_INFO: Final = "info"
_RANK: Final = {VIOLATION: 0, WARNING: 1, _INFO: 2}


@dataclass(frozen=True, slots=True)
class Fault:
    """One validation result.

    `code` names the constraint for good; `severity` is `violation`, `warning` or `info`. `pointer`
    is the JSON Pointer to what is at fault, as the record is in JSON; `found` what stands there.
    """

    code: str
    severity: str
    message: str
    pointer: str
    found: Any = None
    allowed: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, str, str]:
        """Sort key: violations first, then where and what."""
        return _RANK[self.severity], self.pointer, self.code

    def document(self) -> dict[str, Any]:
        """The fault as JSON."""
        return {
            "pointer": self.pointer,
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "found": self.found,
            "allowed": list(self.allowed),
        }


@dataclass(frozen=True, slots=True)
class Told:
    """A result as a SHACL engine tells it; `value` is a term as text, `shown` without syntax."""

    shape: str
    focus: str
    path: str = ""
    value: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns results into faults."""

    shapes: RecordShapes
    names: Mapping[tuple[str, str], Names]

    def faults(self, told: Iterable[Told], written: Written, document: Any) -> list[Fault]:
        """The faults, each once; `document` is the JSON body, None for RDF."""
        vias = self._vias(written)
        found: dict[tuple[str, str, str], Fault] = {}
        for one in told:
            for fault in self._each(one, written, vias, document):
                found.setdefault((fault.code, fault.pointer, str(fault.found)), fault)
        return list(found.values())

    def contradiction(self, error: QuestionError) -> Fault:
        """The fault of a record whose facts exclude each other, as the reasoning finds them."""
        constraint = self.shapes.constraints[Shape.CONTRADICTION]
        return Fault(
            code=constraint.code,
            severity=constraint.severity,
            message=f"{constraint.message} {error}",
            pointer="",
            found=error.found,
            allowed=(constraint.allowed,),
        )

    def outside(self, subjects: Sequence[str]) -> Iterator[Fault]:
        """The faults of statements that do not belong to the record."""
        constraint = self.shapes.constraints[Shape.OUTSIDE]
        for subject in subjects:
            yield Fault(
                code=constraint.code,
                severity=constraint.severity,
                message=constraint.message,
                pointer="",
                found=subject,
                allowed=(constraint.allowed,),
            )

    def _vias(self, written: Written) -> dict[str, str]:
        """For each node of the record, the property that leads to it."""
        return {
            value[1:-1]: predicate
            for (_, predicate, value) in written.pointers
            if value.startswith("<") and pointer_of(value[1:-1]) is not None
        }

    def _each(
        self, told: Told, written: Written, vias: Mapping[str, str], document: Any
    ) -> Iterator[Fault]:
        """One result, once for each place in which its value stands."""
        constraint = self.shapes.constraints[told.shape]
        via = vias.get(told.focus, "")
        for pointer in self._pointers(constraint, told, written, via):
            found = told.shown or None
            if document is not None:
                found = value_at(document, pointer)
            message, allowed = self._words(constraint, told, via, found)
            yield Fault(
                constraint.code, constraint.severity, message, pointer, brief(found), allowed
            )

    def _pointers(
        self, constraint: Constraint, told: Told, written: Written, via: str
    ) -> list[str]:
        """Where a result points to."""
        if constraint.about.startswith("/"):
            return [constraint.about]
        base, form = pointer_of(told.focus) or "", self.shapes.forms.get(via)
        members = form.members if form else {}
        keys = {member.iri: key for key, member in members.items()}
        path = members[constraint.about].iri if constraint.about in members else told.path
        places = written.places(told.focus, path, told.value)
        if places and told.path and told.path not in keys:
            return [_member(base, places[0])]
        if places:
            return places
        key = constraint.about or keys.get(told.path, "")
        return [below(base, key)] if key else [base]

    def _words(
        self, constraint: Constraint, told: Told, via: str, found: Any
    ) -> tuple[str, tuple[str, ...]]:
        """The message of a result, and what may stand there."""
        names = self.names.get((via, told.path))
        form = self.shapes.forms.get(via)
        if names is not None and not constraint.allowed:
            return _nearest_names(constraint, names, found if isinstance(found, str) else "")
        if form is not None and constraint.severity != _INFO and not constraint.allowed:
            member = next((m for m in form.members.values() if m.iri == told.path), None)
            if member is None:
                return constraint.message, _nearest_keys(form, told.path)
            return constraint.message, member.options
        return constraint.message, (constraint.allowed,) if constraint.allowed else ()


def _nearest_names(constraint: Constraint, names: Names, found: str) -> tuple[str, tuple[str, ...]]:
    """The words for a name that is none of a term, or of several, with those that may be meant."""
    if constraint.severity != VIOLATION:
        return constraint.message, ()
    try:
        names.find(local_name(found), where="")
    except QuestionError as error:
        return str(error), tuple(error.allowed)
    return constraint.message, ()


def _nearest_keys(form: Form, path: str) -> tuple[str, ...]:
    """The members of a form, those spelled most like an unknown one first."""
    near = get_close_matches(local_name(path).casefold(), form.members, n=3, cutoff=0.5)
    return tuple(dict.fromkeys((*near, *form.members)))


def _member(base: str, pointer: str) -> str:
    """The pointer to the member of a node in which a pointer lies."""
    return f"{base}/{pointer.removeprefix(base).split('/')[1]}"


def brief(found: Any) -> Any:
    """A value as it is shown: an object or a list would repeat the record."""
    if isinstance(found, dict | list):
        return None
    if isinstance(found, str) and len(found) > _LONGEST:
        return f"{found[:_LONGEST]}…"
    return found


_LONGEST: Final = 300
