"""Which types of Arrow a column may have."""

from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.types as at

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.table.schema import Column, Kind

_NUMBERS = "whole numbers, floats, decimals or text"
_ALLOWED = {
    Kind.LABEL: "text or whole numbers",
    Kind.TERM: "text",
    Kind.TEXT: "text",
    Kind.WHOLE: _NUMBERS,
    Kind.DECIMAL: _NUMBERS,
    Kind.ONSET: "timestamps, dates or text",
    Kind.INSTANT: "timestamps or text",
    Kind.LIST: "lists of text, or text separated by ;",
    Kind.FLAG: "booleans, or text or numbers that say true or false",
}


def plain_type(kind: pa.DataType) -> pa.DataType:
    """A type without the dictionary that its values may be kept in."""
    return kind.value_type if at.is_dictionary(kind) else kind


def is_text(kind: pa.DataType) -> bool:
    """Whether a type is one of text, in a dictionary or not."""
    found = plain_type(kind)
    return bool(at.is_string(found) or at.is_large_string(found) or at.is_string_view(found))


def is_list(kind: pa.DataType) -> bool:
    """Whether a type is one of lists of text."""
    known = at.is_list(kind) or at.is_large_list(kind) or at.is_fixed_size_list(kind)
    return bool(known) and (is_text(kind.value_type) or at.is_null(kind.value_type))


def is_number(kind: pa.DataType) -> bool:
    """Whether a type is one of numbers."""
    found = plain_type(kind)
    return bool(at.is_integer(found) or at.is_floating(found) or at.is_decimal(found))


def demand_type(column: Column, field: pa.Field, *, zone: str | None) -> None:
    """Raise InvalidValue where a column of the input has a type that is not read."""
    if at.is_null(field.type) or _is_read(column.kind, field.type):
        _demand_zone(field, zone)
        return
    allowed = _ALLOWED[column.kind]
    raise InvalidValue(
        f"The column {field.name!r} holds {field.type}; {_called(column)} is read from {allowed}.",
        where=field.name,
        found=str(field.type),
        allowed=(allowed,),
    )


def _called(column: Column) -> str:
    """What a column of the input stands for."""
    return "a patient factor" if column.kind is Kind.FLAG else f"{column.name!r}"


def _is_read(kind: Kind, found: pa.DataType) -> bool:
    """Whether a type is one that a kind of column is read from."""
    reads: dict[Kind, Sequence[Callable[[pa.DataType], bool]]] = {
        Kind.LABEL: (at.is_integer,),
        Kind.WHOLE: (is_number,),
        Kind.DECIMAL: (is_number,),
        Kind.ONSET: (at.is_timestamp, at.is_date),
        Kind.INSTANT: (at.is_timestamp,),
        Kind.LIST: (is_list,),
        Kind.FLAG: (at.is_boolean, is_number),
    }
    return is_text(found) or any(read(found) for read in reads.get(kind, ()))


def _demand_zone(field: pa.Field, zone: str | None) -> None:
    """Raise InvalidValue for instants without a zone, where none is told."""
    naive = at.is_date(field.type) or (at.is_timestamp(field.type) and field.type.tz is None)
    if naive and zone is None:
        what = "dates" if at.is_date(field.type) else "instants"
        raise InvalidValue(
            f"The column {field.name!r} holds {what} without a time zone ({field.type}). Name the "
            "zone that they are in, such as Europe/Berlin or +01:00.",
            where=field.name,
            found=str(field.type),
            allowed=("a time zone",),
        )
