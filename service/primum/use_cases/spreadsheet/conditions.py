"""The columns that say when a rule holds: plain ones, and one in Manchester syntax for the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import Kind, Link
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.manchester import manchester
from primum.model.spans import Cut, Span
from primum.use_cases.spreadsheet.faults import Refused
from primum.use_cases.spreadsheet.known import Known
from primum.use_cases.spreadsheet.names_in_cells import Listed
from primum.use_cases.spreadsheet.numbers_in_cells import (
    grades_text,
    number_text,
    read_grades,
    read_number,
)
from primum.use_cases.spreadsheet.plain import Plain, expression_of, plain_of
from primum.use_cases.spreadsheet.reading_manchester import read_manchester

Cells = Mapping[str, str]

TREATMENT: Final = "treatment"
INJURY: Final = "injury"
GRADE: Final = "grade"
FROM_HOUR: Final = "from hour"
UNTIL_HOUR: Final = "until hour"
WINDOW: Final = "window"
PRESENT: Final = "factors present"
ABSENT: Final = "factors absent"
FROM_AGE: Final = "age from"
UNTIL_AGE: Final = "age until"
CONDITION: Final = "condition"


_LISTED: Final[Mapping[str, Listed]] = {
    TREATMENT: Listed("treatment", ("or",)),
    INJURY: Listed("injury", ("or",)),
    WINDOW: Listed("window", ("and",)),
    PRESENT: Listed("factor", ("and", "or")),
    ABSENT: Listed("factor", ("and",)),
}


def _read_grade(_: Known, text: str) -> str:
    return grades_text(read_grades(text)) or text


def _read_hour(_: Known, text: str) -> str:
    return number_text(read_number(text))


def _read_age(_: Known, text: str) -> str:
    return number_text(read_number(text, whole=True))


def _read_condition(known: Known, text: str) -> str:
    return manchester(_condition(known, text))


READERS: Final[Mapping[str, Callable[[Known, str], str]]] = {
    TREATMENT: _LISTED[TREATMENT].read,
    INJURY: _LISTED[INJURY].read,
    GRADE: _read_grade,
    FROM_HOUR: _read_hour,
    UNTIL_HOUR: _read_hour,
    WINDOW: _LISTED[WINDOW].read,
    PRESENT: _LISTED[PRESENT].read,
    ABSENT: _LISTED[ABSENT].read,
    FROM_AGE: _read_age,
    UNTIL_AGE: _read_age,
    CONDITION: _read_condition,
}
"""How the cell of each column is read: what it says, as Primum itself would write it."""

NUMBERS: Final = (GRADE, FROM_HOUR, UNTIL_HOUR, FROM_AGE, UNTIL_AGE)
SIMPLE: Final = tuple(name for name in READERS if name != CONDITION)


def cells_of(known: Known, condition: Expression) -> Cells:
    """The cells of a condition: plain ones where these say it exactly, else Manchester syntax."""
    plain = plain_of(condition)
    cells = None if plain is None else _plain_cells(known, plain)
    return {CONDITION: manchester(condition)} if cells is None else cells


def condition_of(known: Known, cells: Cells) -> Expression:
    """The condition that cells say; raises Refused with the column at fault."""
    plain = [name for name in SIMPLE if cells.get(name)]
    text = cells.get(CONDITION, "")
    if text and plain:
        raise Refused(
            f"The condition stands here and in {', '.join(plain)}. Clear one or the other.",
            column=CONDITION,
        )
    if not text and not cells.get(TREATMENT):
        raise Refused("A rule speaks of a treatment; the cell is empty.", column=TREATMENT)
    condition = _condition(known, text) if text else expression_of(_plain(known, cells))
    _demand_compiled(known, condition, CONDITION if text else TREATMENT)
    return condition


def has_end(condition: Expression) -> bool:
    """Whether a condition prints the end of a window, so that its bound must be told."""
    return any(
        part.property == Link.HOURS and part.span.end is not None for part in _numbers(condition)
    )


def _plain_cells(known: Known, plain: Plain) -> Cells | None:
    """The cells of a plain condition; None where no cell can say one of its numbers."""
    grades = "" if plain.grades is None else grades_text(plain.grades)
    spans = [plain.hours, plain.ages]
    if grades is None or any(span is not None and not _half_open(span) for span in spans):
        return None
    present = " or " if any(len(group) > 1 for group in plain.present) else " and "
    lists = {
        TREATMENT: (" or ", plain.treatments),
        INJURY: (" or ", plain.injuries),
        WINDOW: (" and ", plain.windows),
        PRESENT: (present, [iri for group in plain.present for iri in group]),
        ABSENT: (" and ", plain.absent),
    }
    cells = {name: word.join(map(known.slug, iris)) for name, (word, iris) in lists.items()}
    cells |= {GRADE: grades}
    cells |= dict(zip((FROM_HOUR, UNTIL_HOUR), _ends(plain.hours), strict=True))
    cells |= dict(zip((FROM_AGE, UNTIL_AGE), _ends(plain.ages), strict=True))
    return {name: text for name, text in cells.items() if text}


def _half_open(span: Span) -> bool:
    """Whether a span is written from a number to just before another."""
    return not span.start.after and (span.end is None or not span.end.after)


def _ends(span: Span | None) -> tuple[str, str]:
    """The cells of a span from a number until another."""
    if span is None:
        return "", ""
    return number_text(span.start.at), "" if span.end is None else number_text(span.end.at)


def _plain(known: Known, cells: Cells) -> Plain:
    """The plain condition that cells say."""
    listed = {name: _listed(known, name, cells) for name in _LISTED}
    present, word = listed[PRESENT]
    grade = cells.get(GRADE, "")
    return Plain(
        treatments=listed[TREATMENT][0],
        injuries=listed[INJURY][0],
        grades=read_grades(grade) if grade else None,
        hours=_span(cells, FROM_HOUR, UNTIL_HOUR),
        windows=listed[WINDOW][0],
        present=(present,) if word == "or" else tuple((iri,) for iri in present),
        absent=listed[ABSENT][0],
        ages=_span(cells, FROM_AGE, UNTIL_AGE),
    )


def _listed(known: Known, name: str, cells: Cells) -> tuple[tuple[str, ...], str]:
    """What a cell of names says; nothing where it is empty."""
    text = cells.get(name, "")
    return _LISTED[name].iris(known, text) if text else ((), "")


def _span(cells: Cells, start: str, end: str) -> Span | None:
    """The span between two cells; None where both are empty."""
    first, until = cells.get(start, ""), cells.get(end, "")
    if until and not first:
        raise Refused(f"Where {end} is given, this is given too.", ("0",), column=start)
    if not first:
        return None
    found = Span.half_open(read_number(first), read_number(until) if until else None)
    if found.is_empty:
        raise Refused(f"{end} is {until}; it is more than {start}, which is {first}.", column=end)
    return found


def _condition(known: Known, text: str) -> Expression:
    """The condition that a text says, in the forms that rules are written in."""
    names = {
        Link.FOR_INJURY: known.names["injury"],
        Link.PROPOSES: known.names["treatment"],
        Link.HAS_FACTOR: known.names["factor"],
    }
    condition = read_manchester(text, names, known.names["window"])
    operands = condition.operands if isinstance(condition, And) else (condition,)
    if Named(Kind.SITUATION) not in operands:
        raise Refused("A condition begins with `TreatmentSituation and (proposes some ...)`.")
    for part in _numbers(condition):
        _demand_form(part)
    return condition


def _demand_form(part: SomeNumber) -> None:
    """Refuse bounds of another kind than the shapes of rules take."""
    span, grade = part.span, part.property == Link.HAS_GRADE
    if part.property == Link.HOURS and (not _half_open(span) or span.is_instant):
        raise Refused(f"`{manchester(part)}`: hours are written [>= from, < until].")
    graded = span.start >= Cut(1) and not span.start.after and (span.end is None or span.end.after)
    if grade and not (graded and grades_text(span)):
        raise Refused(f"`{manchester(part)}`: grades are a value, [>= 2] or [>= 1, <= 2].")


def _numbers(expression: Expression) -> Iterator[SomeNumber]:
    """The numbers that an expression asks about."""
    match expression:
        case SomeNumber():
            yield expression
        case And(operands) | Or(operands):
            yield from _all_numbers(operands)
        case Not(operand) | Some(_, operand):
            yield from _numbers(operand)
        case _:
            return


def _all_numbers(operands: Iterable[Expression]) -> Iterator[SomeNumber]:
    for operand in operands:
        yield from _numbers(operand)


def _demand_compiled(known: Known, condition: Expression, column: str) -> None:
    """Refuse a condition that does not compile, that can never hold, or that names no treatment."""
    try:
        regions = known.compiler.compile(condition)
    except OutsideFragment as error:
        raise Refused(error.detail, column=column) from error
    if not regions:
        raise Refused("This condition can never hold.", column=column)
    if any(not region.treatments.required for region in regions):
        raise Refused("In every case of the condition some treatment is proposed.", column=column)
