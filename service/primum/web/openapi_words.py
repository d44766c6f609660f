"""The few words in which the schemas of the API description are put together."""

from collections.abc import Sequence
from typing import Any, Final

Json = dict[str, Any]

TEXT: Final[Json] = {"type": "string"}
NUMBER: Final[Json] = {"type": "number"}
COUNT: Final[Json] = {"type": "integer", "minimum": 0}
FLAG: Final[Json] = {"type": "boolean"}
ANY: Final[Json] = {}


def ref(name: str) -> Json:
    """The schema of a name."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(items: Json) -> Json:
    """A list of what fits a schema."""
    return {"type": "array", "items": items}


def one_of(*words: object) -> Json:
    """One of these words."""
    return {"enum": list(words)}


def maybe(schema: Json) -> Json:
    """What fits a schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def mapped(values: Json) -> Json:
    """An object whose every field fits a schema."""
    return {"type": "object", "additionalProperties": values}


def record(says: str, required: Json, optional: Json | None = None) -> Json:
    """An object with fields that are always there and others that may be; more may come."""
    return {
        "type": "object",
        "description": says,
        "required": list(required),
        "properties": required | (optional or {}),
    }


def also(name: str, required: Json, optional: Json | None = None) -> Json:
    """What fits the schema of a name and has these fields as well."""
    fields = {"required": list(required), "properties": required | (optional or {})}
    return {"type": "object", "allOf": [ref(name), fields]}


def decimal(places: int) -> str:
    """The pattern of a decimal number without sign or exponent."""
    return rf"^[0-9]{{1,{places}}}(\.[0-9]{{1,{places}}})?$"


def words(enumeration: Sequence[str]) -> str:
    """The pattern of a comma-separated list of words."""
    one = f"({'|'.join(enumeration)})"
    return f"^{one}(,{one})*$"
