"""The columns of several files together."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.table.column_types import plain_type


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
