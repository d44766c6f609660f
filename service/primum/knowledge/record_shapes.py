"""The shapes of case records, from the RDF of a release: forms, checks and words of results."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import SH, Record, shorten
from primum.foundation.names import Shape as Words
from primum.knowledge.members import OF_MEMBERS, merged
from primum.knowledge.rdf import Triples, describe
from primum.knowledge.shacl import demands, read_path
from primum.knowledge.shape_census import demand_understood
from primum.model.shapes import (
    Any,
    Back,
    Check,
    Constraint,
    Either,
    Facts,
    Form,
    Forward,
    Member,
    Never,
    Optional,
    Path,
    Property,
    Qualified,
    RecordShapes,
    Shape,
)

_SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
_CLOSED = frozenset({SH + "closed", SH + "ignoredProperties"})
_INFO = "info"
Values = Callable[[str], Mapping[str, frozenset[str | int | bool]]]


@dataclass(slots=True)
class _Draft:
    """A form while its shapes are read."""

    name: str
    members: dict[str, Member] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)


def read_record_shapes(triples: Triples, values: Values) -> RecordShapes:
    """What the shapes of case records say; `values` gives the values of a property by class.

    Raises OutsideFragment for a constraint that is not understood: none is ever left out.
    """
    demand_understood(triples)
    coded = triples.subjects_of(Words.CODE)
    constraints = {node.value: _constraint(triples, node) for node in coded}
    drafts = dict(_forms(triples))
    for node in coded:
        if constraints[node.value].severity != _INFO:
            _add(triples, node, drafts)
    forms = {
        via: Form(draft.name, _by_key(draft.members), tuple(draft.checks))
        for via, draft in drafts.items()
    }
    return RecordShapes(forms, constraints, _facts(forms, values))


def _constraint(triples: Triples, node: ox.NamedNode) -> Constraint:
    """What is told of a result of a shape."""
    severity = triples.iris(node, SH + "severity")
    message = triples.text(node, SH + "message")
    if len(severity) != 1 or severity[0] not in _SEVERITIES or not message:
        raise OutsideFragment(f"{describe(node)} has no severity or no message.")
    return Constraint(
        iri=node.value,
        code=triples.text(node, Words.CODE),
        severity=_SEVERITIES[severity[0]],
        message=message,
        allowed=triples.text(node, Words.ALLOWED),
        about=triples.text(node, Words.ABOUT),
    )


def _forms(triples: Triples) -> Iterator[tuple[str, _Draft]]:
    """The forms with their members, by the property that leads to them."""
    for node in triples.subjects_of(SH + "property"):
        shapes = [n for n in triples.values(node, SH + "property") if isinstance(n, ox.NamedNode)]
        via = "" if node.value == Words.RECORD else _only_target(triples, node)
        if shapes and via is not None:
            draft = _Draft(shorten(node.value).rpartition(":")[2].rpartition("/")[2])
            for shape in shapes:
                _add_member(triples, shape, draft)
            yield via, draft


def _only_target(triples: Triples, node: ox.NamedNode) -> str | None:
    """The property whose values a shape is about, if it is about the values of one."""
    targets = triples.iris(node, SH + "targetObjectsOf")
    return targets[0] if len(targets) == 1 else None


def _add_member(triples: Triples, node: ox.NamedNode, draft: _Draft) -> None:
    """Add what one property shape says of a member, and a check for the rest of it."""
    found = triples.value(node, SH + "path")
    path = () if found is None else read_path(triples, found)
    rest = demands(triples, node, leave=OF_MEMBERS)
    if len(path) == 1 and isinstance(path[0], Forward):
        iri = path[0].iri
        member = draft.members.get(iri, Member("", iri))
        draft.members[iri] = merged(triples, node, member)
    else:
        rest = demands(triples, node)
    if rest:
        code = triples.text(node, Words.CODE)
        draft.checks.append(Check(code, (Property(path, rest),)))


def _add(triples: Triples, node: ox.NamedNode, drafts: dict[str, _Draft]) -> None:
    """Add a constraint that has targets of its own to the forms that these are."""
    code, shape = triples.text(node, Words.CODE), _own_shape(triples, node)
    for target in triples.iris(node, SH + "targetObjectsOf"):
        _demand(triples, node, drafts[target], Check(code, shape))
    for target in triples.iris(node, SH + "targetSubjectsOf"):
        for draft in drafts.values():
            if target in draft.members:
                _demand(triples, node, draft, Check(code, shape, target))


def _own_shape(triples: Triples, node: ox.NamedNode) -> Shape:
    """What a constraint with targets demands of them, but for being closed."""
    found = triples.value(node, SH + "path")
    if found is None:
        return demands(triples, node, leave=_CLOSED)
    if not any(triples.values(node, SH + name) for name in ("targetObjectsOf", "targetSubjectsOf")):
        return ()
    return (Property(read_path(triples, found), demands(triples, node)),)


def _demand(triples: Triples, node: ox.NamedNode, draft: _Draft, check: Check) -> None:
    """Add a check to a form; that a form is closed must be just what its members say."""
    if check.shape:
        draft.checks.append(check)
    for head in triples.values(node, SH + "ignoredProperties"):
        named = {one.value for one in triples.list_of(head)} | {Record.TYPE}
        if named != {*draft.members, Record.TYPE}:
            raise OutsideFragment(
                f"{describe(node)} is closed over other properties than the members of "
                f"{draft.name}: {', '.join(sorted(map(shorten, named ^ {*draft.members})))}."
            )


def _by_key(members: dict[str, Member]) -> dict[str, Member]:
    """The members by their name in JSON, in their order."""
    nameless = [iri for iri, member in members.items() if not member.key]
    if nameless:
        raise OutsideFragment(f"No shape names {', '.join(map(shorten, nameless))} by sh:name.")
    return {m.key: m for m in sorted(members.values(), key=lambda m: m.order)}


def _facts(forms: dict[str, Form], values: Values) -> Facts:
    """The values of the properties that shapes follow into the ontology, by class."""
    inside = {member.iri for form in forms.values() for member in form.members.values()}
    shapes = [check.shape for form in forms.values() for check in form.checks]
    shapes += [member.term for form in forms.values() for member in form.members.values()]
    followed = {iri for shape in shapes for iri in _followed(shape)} - inside
    return {iri: values(iri) for iri in sorted(followed)}


def _followed(shape: Shape) -> Iterator[str]:
    """The properties that a shape follows."""
    for demand in shape:
        match demand:
            case Property(path, inner):
                yield from _steps(path)
                yield from _followed(inner)
            case Qualified(inner) | Never(inner):
                yield from _followed(inner)
            case Any(shapes):
                yield from (iri for one in shapes for iri in _followed(one))
            case _:
                pass


def _steps(path: Path) -> Iterator[str]:
    """The properties along a path."""
    for step in path:
        match step:
            case Forward(iri) | Back(iri):
                yield iri
            case Either(paths):
                yield from (iri for one in paths for iri in _steps(one))
            case Optional(inner):
                yield from _steps(inner)
