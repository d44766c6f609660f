"""What is at fault in a record, and no more: so that the same fault is looked into once.

Members that are fine by themselves are left out. Instants that are fine or nearly so are replaced
by others in the same order: messages never depend on which instants they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from primum.foundation.errors import QuestionError
from primum.foundation.names import Record
from primum.model.dates import read_moment
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.pointers import below
from primum.use_cases.records.records import Records

Json = dict[str, Any]
_KEPT: Final = 8192
_NEARLY: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?)?", re.ASCII)
_DATE: Final = len("2000-01-01")
_LISTS: Final = ("present", "absent")


@dataclass(slots=True)
class Reduced:
    """A record with what is at fault alone; `kept` are the old numbers of the items of lists."""

    document: Json = field(default_factory=dict)
    kept: dict[str, list[int]] = field(default_factory=dict)

    def original(self, pointer: str) -> str:
        """The pointer into the whole record to what a pointer into this one points to."""
        for listed, numbers in self.kept.items():
            head, _, number = pointer.rpartition("/")
            if head == listed and number.isdecimal():
                return below(listed, numbers[int(number)])
        return pointer


class Reducer:
    """Reduces records that are not plainly good."""

    def __init__(self, records: Records) -> None:
        """Find a term to stand for each that is fine."""
        self._records = records
        self._injury = next(iter(records.names[Record.INJURY, Record.TYPE])).id
        self._treatment = next(iter(records.names[Record.TREATMENT, Record.TYPE])).id
        pattern = records.shapes.forms[""].members["assessedAt"].pattern
        self._is_instant: Callable[[str], Any] = pattern.search if pattern else bool
        self._fine = lru_cache(maxsize=_KEPT)(self._is_fine)

    def reduce(self, document: Json) -> Reduced:
        """The record with what is at fault alone."""
        found = Reduced()
        reduced = found.document
        if not self._fine("id", document.get("id")):
            reduced["id"] = document["id"]
        reduced["injury"] = self._reduce_injury(document["injury"])
        if patient := self._reduce_patient(document.get("patient", {}), found):
            reduced["patient"] = patient
        treatments = document.get("treatments", [])
        if treatments:
            reduced["treatments"] = [self._reduce_treatment(one) for one in treatments]
        self._add_instants(document, reduced)
        return found

    def _reduce_injury(self, injury: Json) -> Json:
        """The injury without its onset."""
        found: Json = {}
        kind, grade = injury.get("type"), injury.get("grade")
        known = self._fine("type", kind)
        if "type" in injury:
            found["type"] = self._injury if known else kind
        if grade is not None and not (known and self._fine("grade", (kind, grade, type(grade)))):
            found |= {"type": kind} if "type" in injury else {}
            found["grade"] = grade
        if not self._fine("side", injury.get("side")):
            found["side"] = injury["side"]
        return found

    def _reduce_patient(self, patient: Json, found: Reduced) -> Json:
        """The age if it is at fault, factors that are unknown, and all if some exclude others."""
        reduced: Json = {}
        age = patient.get("age")
        if age is not None and not self._fine("age", (age, type(age))):
            reduced["age"] = age
        factors = patient.get("factors", {})
        good = {
            key: [one for one in factors.get(key, []) if self._fine("factor", one)]
            for key in _LISTS
        }
        together = self._reads({"patient": {"factors": good}})
        for key in _LISTS:
            listed = factors.get(key, [])
            kept = [n for n, one in enumerate(listed) if not (together and one in good[key])]
            if kept:
                found.kept[f"/patient/factors/{key}"] = kept
                reduced.setdefault("factors", {})[key] = [listed[n] for n in kept]
        return reduced

    def _reduce_treatment(self, treatment: Json) -> Json:
        """A treatment without its time."""
        kind = treatment.get("type")
        if kind is None:
            return {}
        return {"type": self._treatment if self._fine("treatment", kind) else kind}

    def _is_fine(self, what: str, value: Any) -> bool:
        """Whether a value is fine by itself."""
        if value is None:
            return True
        match what:
            case "type":
                return self._reads({"injury": {"type": value}})
            case "grade":
                return self._reads({"injury": {"type": value[0], "grade": value[1]}})
            case "age":
                return self._reads({"patient": {"age": value[0]}})
            case _:
                return self._reads(self._alone(what, value))

    def _alone(self, what: str, value: Any) -> Json:
        """A record of which all else is fine."""
        match what:
            case "side":
                return {"injury": {"type": self._injury, "side": value}}
            case "factor":
                return {"patient": {"factors": {"present": [value]}}}
            case "treatment":
                return {"treatments": [{"type": value}]}
            case _:
                return {what: value}

    def _reads(self, document: Json) -> bool:
        """Whether a record is plainly good, with an injury if it names none."""
        try:
            self._records.read({"injury": {"type": self._injury}, **document})
        except NotPlain:
            return False
        return True

    def _add_instants(self, document: Json, reduced: Json) -> None:
        """Add the instants of a record, unless they are fine together; others stand for them."""
        spots = list(_instants(document))
        treatments = [
            {"type": self._treatment, **({"at": one["at"]} if "at" in one else {})}
            for one in document.get("treatments", [])
        ]
        alone: Json = {"treatments": treatments} if treatments else {}
        if "assessedAt" in document:
            alone["assessedAt"] = document["assessedAt"]
        if "onset" in document["injury"]:
            injury = {"type": self._injury, "onset": document["injury"]["onset"]}
            alone["injury"] = injury
        if not spots or self._reads(alone):
            return
        stands = self._standing([text for _, text in spots if isinstance(text, str)])
        for path, value in spots:
            text = stands.get(value, value) if isinstance(value, str) else value
            _put(reduced, path, text)

    def _standing(self, texts: Sequence[str]) -> dict[str, str]:
        """Instants that stand for others in the same order."""
        placed = {text: place for text in texts if (place := self._place(text)) is not None}
        years = {place: 2000 + n for n, place in enumerate(sorted(set(placed.values())))}
        return {
            text: f"{years[place]}-01-01" + _rest(text, self._is_instant(text))
            for text, place in placed.items()
        }

    def _place(self, text: str) -> Any:
        """Where an instant lies in time, as if in UTC where it has no zone; None for no instant."""
        nearly = _NEARLY.fullmatch(text)
        try:
            if nearly:
                clock = f"{datetime.fromisoformat(text).isoformat()}Z"
                return read_moment(clock).hours if self._is_instant(clock) else None
            return read_moment(text).hours if self._is_instant(text) else None
        except (QuestionError, ValueError):
            return None


def _rest(text: str, instant: Any) -> str:
    """The time and zone that stand for those of an instant, as far as it has them."""
    if len(text) == _DATE:
        return ""
    return "T00:00:00Z" if instant else "T00:00:00"


def _instants(document: Json) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The instants of a record, and where each stands."""
    if "assessedAt" in document:
        yield ("assessedAt",), document["assessedAt"]
    for number, treatment in enumerate(document.get("treatments", [])):
        if "at" in treatment:
            yield ("treatments", number, "at"), treatment["at"]
    onset = document["injury"].get("onset")
    several = isinstance(onset, list)
    for number, one in enumerate(onset if isinstance(onset, list) else [onset]):
        where = ("injury", "onset", number) if several else ("injury", "onset")
        if isinstance(one, dict):
            yield from (((*where, key), value) for key, value in one.items())
        elif one is not None:
            yield where, one


def _put(document: Json, path: tuple[str | int, ...], value: Any) -> None:
    """Put a value where a path leads, with the objects and lists on the way."""
    holder: Any = document
    for key, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(key, int):
            if key == len(holder):
                holder.append(empty)
            holder = holder[key]
        else:
            holder = holder.setdefault(key, empty)
    last = path[-1]
    if isinstance(last, int):
        holder.append(value)
    else:
        holder[last] = value
