"""Pairs of a column of the input and the column of the schema that it stands for."""

from collections.abc import Iterable

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.table.schema import BY_NAME


def mapping_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For columns of the schema, those of the input that stand for them.

    A pair is `(column, field)`; where only its first name is one of the schema, it is taken the
    other way round. Raises InvalidValue where two columns stand for the same.
    """
    found: dict[str, str] = {}
    for column, field in pairs:
        turned = column in BY_NAME and field not in BY_NAME
        name, own = (column, field) if turned else (field, column)
        if found.setdefault(name, own) != own:
            raise InvalidValue(
                f"Both {found[name]!r} and {own!r} are mapped to {name!r}; one column can be.",
                where=name,
                found=own,
                allowed=(found[name],),
            )
    return found
