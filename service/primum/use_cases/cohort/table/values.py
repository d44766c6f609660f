"""Values of a table as case records write them; what is none of theirs is left to be refused."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

SEPARATOR: Final = ";"
_WHOLE: Final = re.compile(r"(-?\d{1,9})(\.0+)?", re.ASCII)
_LARGEST: Final = 1e15  # up to which a float tells each whole number from the next
_PLACES: Final = 12  # that a decimal number has at most
_TRUTHS: Final = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}


def is_missing(value: Any) -> bool:
    """Whether a cell is empty: nothing, an empty text, or a number that is none."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def whole(value: Any) -> Any:
    """A whole number, of whatever type, as one; all else as it is."""
    if isinstance(value, str):
        found = _WHOLE.fullmatch(value)
        return value if found is None else int(found[1])
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        if math.isinf(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) < _LARGEST else value
    return value


def decimal(value: Any) -> str:
    """A number as text in digits; a float counts to twelve places behind the point."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and math.isinf(value):
        return str(value)
    if isinstance(value, float):
        exact = Decimal(repr(value))
        places = -int(exact.as_tuple().exponent)
        value = round(exact, _PLACES) if places > _PLACES else exact
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def label(value: Any) -> Any:
    """An id as text, also where it is a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def names(value: Any) -> list[Any]:
    """The names of a list, or of a text that separates them."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(SEPARATOR)]
    if not isinstance(value, Iterable):
        return [] if is_missing(value) else [value]
    return [one for one in value if not is_missing(one)]


def flag(value: Any) -> bool | None:
    """Whether something is so; None where a value says neither."""
    if isinstance(value, bool):
        return value
    return _TRUTHS.get(str(value).casefold())
