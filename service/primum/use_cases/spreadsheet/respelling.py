"""What spreadsheet programs make of a cell that nobody edited.

A program that takes a cell for a number or a date saves it as its own language writes these: `48`
comes back as `48.0` or `48,0`, `2026-11-22` as `22.11.2026` or `11/22/2026`. Such a cell counts as
edited only where no reading of it is what the sheet was written with.
"""

import re
from collections.abc import Iterator
from typing import Final

from primum.use_cases.spreadsheet.dates_in_cells import days

_NUMBER: Final = re.compile(r"(\d+)[.,](\d+)", re.ASCII)


def readings(text: str) -> tuple[str, ...]:
    """Everything that a cell may have said before a program saved it, itself first."""
    return tuple(dict.fromkeys((text, *_numbers(text), *days(text).values())))


def _numbers(text: str) -> Iterator[str]:
    """The number of a cell with a decimal point, without noughts at the end."""
    found = _NUMBER.fullmatch(text)
    if found:
        fraction = found[2].rstrip("0")
        yield f"{found[1]}.{fraction}" if fraction else found[1]
