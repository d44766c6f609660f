"""The JSON Schema (2020-12) of case records, made from the shapes, so that the two never differ.

It describes a record that is plainly good. What a schema cannot say is left to the shapes: whether
a name is that of a term, whether times are in order, whether facts go together.
"""

from collections.abc import Mapping
from typing import Any, Final

from primum.foundation.names import CONTEXT
from primum.model import shapes as sh
from primum.model.naming import Names
from primum.model.shapes import Check, Form, Holds, Member, RecordShapes
from primum.use_cases.records.context import CONTEXT_KEY

Json = dict[str, Any]
TermNames = Mapping[tuple[str, str], Names]
_RECORD: Final = (
    "A case record, which is JSON-LD too. What is left out is not known. What a schema cannot say "
    "is checked as well: names, the order of times, facts that exclude each other. A member that "
    "is not listed changes nothing and is answered with a warning. Other JSON-LD that means the "
    "same is read too."
)
_TERM: Final = "By any name: id, IRI, label or synonym, in any case. The ids are listed."
_PLAIN_KEY: Final = "^([^@]|$)"
_PLAIN_KEY_OF_RECORD: Final = f"^([^@]|{CONTEXT_KEY}$|$)"
_INSTANT: Final = "A date and time with its time zone."


def record_schema_of(shapes: RecordShapes, names: TermNames) -> Json:
    """The schema of a record; `names` has the terms that members may name, by form and property.

    Members that are not listed are let pass, as they are by the shapes, but for the keywords of
    JSON-LD, which could give all else another meaning.
    """
    found = _Schemas(shapes, names).of("")
    found["description"] = _RECORD
    found["properties"] = {CONTEXT_KEY: {"const": CONTEXT}, **found["properties"]}
    found["propertyNames"] = {"pattern": _PLAIN_KEY_OF_RECORD}
    return found


class _Schemas:
    """Writes the schema of each form."""

    def __init__(self, shapes: RecordShapes, names: TermNames) -> None:
        """Keep the forms, and the names of the terms of each member."""
        self._forms, self._names = shapes.forms, names

    def of(self, via: str) -> Json:
        """The schema of the objects that a property leads to; the record itself is at `""`."""
        form = self._forms[via]
        members = {key: self._member(via, member) for key, member in form.members.items()}
        found: Json = {"type": "object", "title": form.name, "properties": members}
        required, choices = _needed(form)
        found["propertyNames"] = {"pattern": _PLAIN_KEY}
        if required:
            found["required"] = required
        if choices:
            found["allOf"] = choices
        return found

    def _member(self, via: str, member: Member) -> Json:
        """One value, or a list of as many as there may be."""
        kinds = [self._value(via, member, kind) for kind in sorted(member.holds)]
        one = kinds[0] if len(kinds) == 1 else {"oneOf": kinds}
        if not member.many:
            return one
        most = {} if member.count.most is None else {"maxItems": member.count.most}
        return {"type": "array", "items": one, **most}

    def _value(self, via: str, member: Member, kind: Holds) -> Json:
        """One value of one kind."""
        match kind:
            case Holds.NODE:
                return self.of(member.iri)
            case Holds.TERM:
                return _term(self._names[via, member.iri])
            case Holds.INSTANT:
                return _instant(member)
            case Holds.WHOLE:
                return {"type": "integer", **_bounds(member, "minimum", "maximum")}
            case Holds.TEXT:
                return _text(member)


def _term(names: Names) -> Json:
    """The name of a term. Ids are told apart so that forms and editors can offer them."""
    ids = [term.id for term in names]
    return {"description": _TERM, "anyOf": [{"enum": ids}, {"type": "string", "minLength": 1}]}


def _instant(member: Member) -> Json:
    """A dateTime as RFC 3339 has it, of the pattern that the shapes ask for."""
    found: Json = {"description": _INSTANT, "type": "string", "format": "date-time"}
    return found if member.pattern is None else {**found, "pattern": member.pattern.pattern}


def _text(member: Member) -> Json:
    """A text, one of the options if there are any, of a length within bounds."""
    bounds = _bounds(member, "minLength", "maxLength")
    options = {"enum": list(member.options)} if member.options else {}
    return {"type": "string", **bounds, **options}


def _bounds(member: Member, least: str, most: str) -> Json:
    """Those bounds that there are, by the keywords for them."""
    bounds = {least: member.least, most: member.most}
    return {keyword: bound for keyword, bound in bounds.items() if bound is not None}


def _needed(form: Form) -> tuple[list[str], list[Json]]:
    """The members that must be there, and for each choice of members that some of them must be."""
    required = [key for key, member in form.members.items() if member.count.least]
    choices = []
    for keys in filter(None, (_some_of(check, form) for check in form.checks)):
        if len(keys) == 1:
            required += keys
        else:
            choices.append({"anyOf": [{"required": [key]} for key in keys]})
    return required, choices


def _some_of(check: Check, form: Form) -> list[str]:
    """The members of which a check asks for one; none where it asks for something else."""
    match check:
        case Check(shape=(sh.Any(shapes=shapes),), given=""):
            asked = [_asked(shape) for shape in shapes if shape != (sh.IsNode(wanted=False),)]
            keys = {member.iri: key for key, member in form.members.items()}
            return [keys[iri] for iri in asked] if keys.keys() >= set(asked) else []
        case _:
            return []


def _asked(shape: sh.Shape) -> str:
    """The property that a shape asks for a value of, empty where it asks for something else."""
    match shape:
        case (sh.Property(path=(sh.Forward(iri=iri),), demands=(sh.Count(least=1, most=None),)),):
            return iri
        case _:
            return ""
