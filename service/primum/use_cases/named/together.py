"""What values of several parameters must be to each other, so that a question makes sense.

An injury in a grade that it cannot have, or a span that ends before it begins, would be answered
with too little, and too little looks like good news.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from primum.foundation.errors import InvalidValue
from primum.foundation.names import local_name
from primum.model.knowledge import Axioms
from primum.use_cases.named.query import NamedQuery, Value


def demand_sense(query: NamedQuery, terms: Mapping[str, Sequence[Value]], axioms: Axioms) -> None:
    """Refuse values that do not go together: raises InvalidValue."""
    by_type: dict[str, list[tuple[str, Value]]] = {}
    for parameter in query.parameters:
        for term in terms.get(parameter.name, ()):
            by_type.setdefault(parameter.type, []).append((parameter.name, term))
    for _, injury in by_type.get("injury", ()):
        for where, grade in by_type.get("grade", ()):
            _demand_grade(injury.value, grade.value, where, axioms)
    _demand_order(by_type.get("hours", ()))


def _demand_grade(injury: str, grade: str, where: str, axioms: Axioms) -> None:
    """Refuse a grade that the injury cannot have."""
    possible = axioms.grades[injury]
    if int(grade) not in possible:
        allowed = tuple(map(str, sorted(possible)))
        raise InvalidValue(
            f"{where} is {grade!r}; {local_name(injury)} can have {', '.join(allowed)} "
            "(0: no grade).",
            where=where,
            found=grade,
            allowed=allowed,
        )


def _demand_order(hours: Sequence[tuple[str, Value]]) -> None:
    """Refuse hours that fall; a question declares its first hour before its last."""
    for (first, start), (last, end) in pairwise(hours):
        if Decimal(end.value) < Decimal(start.value):
            raise InvalidValue(
                f"{last} is {end.value!r}, which lies before {first}, {start.value!r}.",
                where=last,
                found=end.value,
                allowed=(f"{start.value} or more",),
            )
