"""Which column of a table stands for which column of the schema, decided once for all its rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.types as at

from primum.foundation.errors import InvalidValue, UnknownName, UnknownParameter
from primum.model.naming import Names
from primum.model.terms import Term
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table.column_types import demand_type


@dataclass(frozen=True, slots=True)
class Matched:
    """What the columns of a table stand for.

    `columns` maps columns of the schema to those of the table, `flags` columns of the table to the
    factors that they tell of. `ignored` are the columns of which nothing is made.
    """

    rows: Rows
    columns: Mapping[str, str]
    flags: Mapping[str, Term]
    ignored: tuple[str, ...]

    @property
    def used(self) -> list[str]:
        """The columns of the table that are read."""
        return [*self.columns.values(), *self.flags]


def match(schema: pa.Schema, options: Options, factors: Names) -> Matched:
    """What the columns of a table stand for; raises QuestionError where they cannot be read."""
    told = {n: found for n, found in options.mapping.items() if n not in table.BY_NAME}
    mapped = {n: found for n, found in options.mapping.items() if n in table.BY_NAME}
    columns = _mapped(schema.names, mapping=mapped, others=told)
    flags = _told(schema.names, told, factors)
    flags |= _flags(schema, {*columns.values(), *flags}, factors)
    rows = _rows(schema.names, columns, options.rows)
    left = (table.TREATMENT, table.AT) if rows is Rows.PERSON else ()
    columns = {name: found for name, found in columns.items() if name not in left}
    _demand(schema, columns, flags)
    for name, found in columns.items():
        demand_type(table.BY_NAME[name], schema.field(found), zone=options.zone)
    for found in flags:
        demand_type(table.FACTOR, schema.field(found), zone=options.zone)
    _demand_kept(schema.names, options.keep)
    used = {*columns.values(), *flags, *options.keep}
    return Matched(rows, columns, flags, tuple(n for n in schema.names if n not in used))


def _mapped(
    names: list[str], mapping: Mapping[str, str], others: Mapping[str, str]
) -> dict[str, str]:
    """The columns of the schema that a table has, by the caller's mapping or by their own names."""
    for name, found in mapping.items():
        if found not in names:
            raise _missing(f"The column {found!r}, mapped to {name!r}", found, names)
    taken = {*mapping.values(), *others.values()}
    own = {name: name for name in table.BY_NAME if name in names and name not in taken}
    return {name: mapping.get(name, own.get(name, "")) for name in {**own, **mapping}}


def _told(names: list[str], mapping: Mapping[str, str], factors: Names) -> dict[str, Term]:
    """The columns that the caller maps to a patient factor."""
    flags = {}
    for name, found in mapping.items():
        term = factors.known(name)
        if term is None:
            known = tuple(table.BY_NAME)
            raise UnknownParameter(
                f"There is no column {name!r} to map {found!r} to, nor a patient factor of that "
                f"name; there are {', '.join(known)}.",
                where=name,
                found=name,
                allowed=known,
            )
        if found not in names:
            raise _missing(f"The column {found!r}, mapped to {name!r}", found, names)
        flags[found] = term
    return flags


def _missing(what: str, found: str, names: Iterable[str]) -> InvalidValue:
    """The error for a column that is not there."""
    allowed = tuple(names)
    return InvalidValue(
        f"{what} is not in the table; it has the columns {', '.join(allowed)}.",
        where=found,
        found=found,
        allowed=allowed,
    )


def _flags(schema: pa.Schema, taken: set[str], factors: Names) -> dict[str, Term]:
    """The columns that are named by a patient factor; raises AmbiguousName where by several."""
    found = {}
    for field in schema:
        if field.name in taken or field.name in table.BY_NAME:
            continue
        spelled = (field.name, field.name.replace("_", " "), field.name.replace("_", "-"))
        term = next(filter(None, map(factors.known, spelled)), None)
        if term is not None:
            found[field.name] = term
        elif at.is_boolean(field.type):
            _demand_one(field.name, factors)
    return found


def _demand_one(name: str, factors: Names) -> None:
    """Raise AmbiguousName for a name of several factors; one of none may be of anything."""
    with suppress(UnknownName):
        factors.find(name, where=name)


def _rows(names: list[str], columns: Mapping[str, str], wanted: Rows | None) -> Rows:
    """What a row stands for: what the caller says, or else what the columns tell."""
    if wanted is Rows.AUDIT and table.TREATMENT not in columns:
        raise _unmapped(table.TREATMENT, names, "An audit needs a column of treatments.")
    return wanted or (Rows.AUDIT if table.TREATMENT in columns else Rows.PERSON)


def _unmapped(name: str, names: list[str], why: str) -> InvalidValue:
    """The error for a column that is needed and that no column of the table stands for."""
    return InvalidValue(
        f"{why} The table has no column {name!r}; it has {', '.join(names) or 'none'}. Map one to "
        f"it: COLUMN={name}.",
        where=name,
        found=", ".join(names),
        allowed=tuple(f"{column}={name}" for column in names),
    )


def _demand(schema: pa.Schema, columns: Mapping[str, str], flags: Mapping[str, Term]) -> None:
    """Raise InvalidValue where columns are missing, stand twice or exclude each other."""
    if table.INJURY not in columns:
        raise _unmapped(table.INJURY, schema.names, "Every row has an injury.")
    counts = Counter(schema.names)
    for name in (*columns.values(), *flags):
        if counts[name] > 1:
            raise _twice(f"{counts[name]} columns of the table are called {name!r}", name)
    by_factor: dict[str, str] = {}
    for name, term in flags.items():
        other = by_factor.setdefault(term.iri, name)
        if other != name:
            raise _twice(f"The columns {other!r} and {name!r} both tell of {term.label!r}", name)
    dates = [columns[name] for name in table.DATES if name in columns]
    since = [columns[name] for name in table.SINCE if name in columns]
    if dates and since:
        raise _twice(f"The columns {dates[0]!r} and {since[0]!r} both tell the onset", since[0])


def _twice(what: str, name: str) -> InvalidValue:
    """The error for columns of which only one can be read."""
    return InvalidValue(
        f"{what}; only one of them can be read. Leave the other out.",
        where=name,
        found=name,
        allowed=("one column",),
    )


def _demand_kept(names: list[str], kept: Iterable[str]) -> None:
    """Raise InvalidValue for a column to keep that is not there."""
    for name in kept:
        if name not in names:
            raise _missing(f"The column {name!r}, which is to be kept,", name, names)
