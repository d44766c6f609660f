"""The columns of several files together, and batches that have them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.types as at

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.alone.raw import values_of
from primum.use_cases.cohort.table.column_types import is_list, plain_type


def together(schemas: Sequence[tuple[str, pa.Schema]], required: Iterable[str]) -> pa.Schema:
    """The columns of all files, those of the first one first.

    A file may lack a column that is not required; its rows have null there. Raises InvalidValue,
    with the file and the column, where a required one is missing or types do not go together.
    """
    types: dict[str, pa.DataType] = {}
    by: dict[str, str] = {}
    for name, schema in schemas:
        for field in schema:
            found = plain_type(field.type)
            types[field.name] = _both(types.get(field.name, found), found, field.name, name)
            by.setdefault(field.name, name)
    _demand(schemas, [column for column in required if column in types], by)
    return pa.schema(list(types.items()))


def as_wanted(batch: pa.RecordBatch, wanted: pa.Schema) -> pa.RecordBatch:
    """A batch with all the columns that are wanted, of the types that all files have together.

    Values that are kept in a dictionary stay there.
    """
    arrays = []
    for field in wanted:
        place = batch.schema.get_field_index(field.name)
        if place < 0:
            arrays.append(pa.nulls(len(batch), field.type))
            continue
        array = batch.column(place)
        kept = _is_encoded(array.type) or array.type == field.type
        arrays.append(array if kept else array.cast(field.type))
    return pa.RecordBatch.from_arrays(arrays, names=wanted.names)


def rows_of(batch: pa.RecordBatch) -> Callable[[int], Mapping[str, Any]]:
    """What gives the values of a row of a batch, whatever they are."""
    return lambda row: {
        name: values_of(column.slice(row, 1))[0]
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }


def _is_encoded(kind: pa.DataType) -> bool:
    """Whether a type is one of dictionaries, or of lists of what is in one."""
    return bool(at.is_dictionary(kind.value_type if is_list(kind) else kind))


def _both(one: pa.DataType, other: pa.DataType, column: str, file: str) -> pa.DataType:
    """The type that the values of two files have together."""
    if one == other:
        return one
    schemas = [pa.schema([("", one)]), pa.schema([("", other)])]
    try:
        return pa.unify_schemas(schemas, promote_options="permissive").field(0).type
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise InvalidValue(
            f"The column {column!r} holds {other} in {file}, and {one} in the files before it.",
            where=column,
            found=str(other),
            allowed=(str(one),),
        ) from error


def _demand(
    schemas: Sequence[tuple[str, pa.Schema]], required: Sequence[str], by: dict[str, str]
) -> None:
    """Raise InvalidValue where a file lacks a required column that another one has."""
    for name, schema in schemas:
        for column in required:
            if column not in schema.names:
                raise InvalidValue(
                    f"{name} has no column {column!r}, which {by[column]} has; it has "
                    f"{', '.join(schema.names) or 'none'}.",
                    where=column,
                    found=name,
                    allowed=(column,),
                )
