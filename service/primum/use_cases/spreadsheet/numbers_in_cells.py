"""Numbers in cells: hours, ages and grades, as people and spreadsheet programs write them."""

import re
from typing import Final

from primum.model.manchester import spell
from primum.model.regions import GRADES, UNGRADED
from primum.model.spans import Cut, Number, Span, exact
from primum.use_cases.spreadsheet.faults import Refused

_DECIMAL: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)
_COMMA: Final = re.compile(r"[0-9]+,[0-9]+", re.ASCII)
_GRADE: Final = re.compile(r"(?P<only>[0-9])(\.0+)?", re.ASCII)
_FROM: Final = re.compile(
    r"(?P<least>[0-9])( or more|\s*\+)|(>=|\u2265)\s*(?P<sign>[0-9])", re.ASCII
)
_RANGE: Final = re.compile(r"(?P<least>[0-9]) to (?P<most>[0-9])", re.ASCII)
_LEAST, _MOST = min(GRADES - {UNGRADED}), max(GRADES)
_GRADES_IN_WORDS = (f"{_LEAST}", f"{_LEAST} to {_MOST - 1}", f"{_MOST - 1} or more")


def read_number(text: str, *, whole: bool = False) -> Number:
    """The number that a cell spells, 0 or more, with a decimal point; Refused for anything else."""
    if _COMMA.fullmatch(text):
        point = text.replace(",", ".")
        raise Refused(
            f"{text!r} has a decimal comma, which could be one of thousands as well. "
            f"Write {point if not whole else 'a whole number'}, and set the cell to Text "
            "where the program changes it back.",
            () if whole else (point,),
        )
    if not _DECIMAL.fullmatch(text):
        raise Refused(
            f"{text!r} is no number that is 0 or more, in digits and a decimal point.",
            ("0", "48", "72") if whole else ("0", "48", "1.5"),
        )
    number = exact(text)
    if whole and number != int(number):
        raise Refused(f"{text!r} is no whole number.")
    return number


def number_text(number: Number) -> str:
    """A number in a cell: `48`, `1.5`."""
    return spell(number)


def read_grades(text: str) -> Span:
    """The grades that a cell says: `2`, `1 to 2`, `2 or more`."""
    span = _grades(" ".join(text.casefold().split()))
    numbers = () if span is None else (span.start.at, *(() if span.end is None else (span.end.at,)))
    if span is None or span.is_empty or any(not _LEAST <= n <= _MOST for n in numbers):
        raise Refused(
            f"{text!r} says no grades. They run from {_LEAST} to {_MOST}.", _GRADES_IN_WORDS
        )
    return span


def _grades(text: str) -> Span | None:
    """The span that a text says, whether or not there are such grades."""
    if found := _GRADE.fullmatch(text):
        return Span.at(int(found["only"]))
    if found := _FROM.fullmatch(text):
        return Span(Cut(int(found["least"] or found["sign"])))
    if found := _RANGE.fullmatch(text):
        least, most = int(found["least"]), int(found["most"])
        return Span(Cut(least), Cut(most, after=True))
    return None


def grades_text(span: Span) -> str | None:
    """Grades in a cell; None for a span that no cell says."""
    if span.is_instant:
        text = number_text(span.start.at)
    elif span.end is None:
        text = f"{number_text(span.start.at)} or more"
    else:
        text = f"{number_text(span.start.at)} to {number_text(span.end.at)}"
    return text if _grades(text) == span else None
