"""Checks a proof that Primum gives, step by step, without any of Primum's own code.

    python proof_checker.py PROOF.json [KNOWLEDGE]

Each step must follow from what it cites, and nothing may be idle. With the folder of the knowledge,
its version and digest must be the proof's, and each axiom must stand in its file. What is supposed
to be possible must not touch what was asserted; that the ontology allows it is not checked.
"""

import hashlib
import json
import re
import sys
from fractions import Fraction
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

from rdflib import OWL, RDFS, XSD, BNode, Graph
from rdflib.exceptions import Error

_GROUPS = {"asserted": "r", "assumed": "s", "assuming": "h", "axioms": "a"}
_PREFIXES = f"@prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix xsd: <{XSD}> .\n"
_FACETS = {">=": "minInclusive", ">": "minExclusive", "<=": "maxInclusive", "<": "maxExclusive"}
_EXPRESSIONS = {
    "and": "[a owl:Class; owl:intersectionOf ({all})]",
    "or": "[a owl:Class; owl:unionOf ({all})]",
    "not": "[a owl:Class; owl:complementOf {0}]",
    "some": "[a owl:Restriction; owl:onProperty {0}; owl:someValuesFrom {1}]",
    "value": "[a owl:Restriction; owl:onProperty {0}; owl:hasValue {1}]",
}
_FACTS = {"is": "{0} a {1} .", "has": "{0} {1} {2} ."}
_AXIOMS = {"SubClassOf": "{0} rdfs:subClassOf {1} .", "Range": "{0} rdfs:range {1} ."}
_AXIOMS |= {"EquivalentTo": "{0} owl:equivalentClass {1} ."}
_AXIOMS |= {"DisjointWith": "{0} owl:disjointWith {1} ."}
_AXIOMS |= {"DisjointClasses": "[] a owl:AllDisjointClasses; owl:members ({all}) ."}
_AXIOMS |= {"Functional": "{0} a owl:FunctionalProperty ."}


class Fault(Exception):
    """Where a proof fails, and why."""


def _demand(holds: object, fault: str) -> None:
    if not holds:
        raise Fault(fault)


def _spelled(part: Any, shapes: dict[str, str] = _EXPRESSIONS) -> tuple[str, str]:
    """An expression, or a statement, in Turtle and in Manchester syntax."""
    if isinstance(part, list):
        (word, *parts), shape = part, shapes[part[0]]
        _demand("{all}" in shape or len(parts) == shape.count("{"), f"{part} has too many parts.")
        nodes, texts = zip(*map(_spelled, parts), strict=True)
        infix = f" {word} ".join(texts) if len(parts) > 1 else f"{word} {texts[0]}"
        text = infix if "{1}" in shape or shapes is _EXPRESSIONS else f"{word}: {', '.join(texts)}"
        return shape.format(*nodes, all=" ".join(nodes)), f"({text})"
    if re.fullmatch(
        r"xsd:(decimal\[([<>]=? \d+\.\d+(, )?)+\]|integer\[([<>]=? \d+(, )?)+\])", part
    ):
        kind, facets = part[:11], re.findall(r"([<>]=?) ([\d.]+)", part)
        cells = " ".join(f"[xsd:{_FACETS[sign]} '{at}'^^{kind}]" for sign, at in facets)
        return f"[a rdfs:Datatype; owl:onDatatype {kind}; owl:withRestrictions ({cells})]", part
    _demand(re.fullmatch(r'\d+(\.\d+)?|\w+:[^<>"{}|^`\\\s]+', part), f"{part!r} is no name.")
    return part if part[0].isdigit() else f"<{part}>", re.split("[/#]", part)[-1]


def _range(part: Any) -> Any:
    """What has the numbers, and their two ends: just before a number, or just after it."""
    word, on, said = part
    facets = re.findall(r"([<>=]+) ([\d.]+)", f"= {said}" if word == "value" else said)
    _demand(facets and word in ("some", "value"), f"{part} is no range.")
    lows = [(Fraction(at), sign == ">") for sign, at in facets if sign[0] in "=>"]
    highs = [(Fraction(at), sign != "<") for sign, at in facets if sign[0] in "=<"]
    ends = max(lows, default=(-inf, False)), min(highs, default=(inf, False))
    if "." in said:
        return (on, "decimal"), *ends
    return (on, "integer"), *((at + up, False) for at, up in ends)


def _covered(part: Any, *wholes: Any) -> bool:
    of, at, end = _range(part)
    for other, low, high in sorted(map(_range, wholes)):
        at = max(at, high) if other == of and low <= at else at
    return bool(at >= end)


def _apart(one: Any, other: Any) -> bool:
    of, lows, highs = zip(_range(one), _range(other), strict=True)
    return bool(of[0] == of[1] and max(lows) >= min(highs))


def _not(part: Any) -> Any:
    return part[1] if part[0] == "not" else ["not", part]


def _fact(word: str, thing: str, *parts: Any) -> Any:
    """A fact as a thing and the class that it belongs to."""
    return thing, {"is": parts[0], "has": ["value", *parts]}[word]


def _implied(word: str, *parts: Any) -> Any:
    """What an axiom implies: pairs of a class and one that holds all its members."""
    if word in ("DisjointWith", "DisjointClasses"):
        return [(one, ["not", two]) for at, one in enumerate(parts) for two in parts[at + 1 :]]
    return {"SubClassOf": [parts], "EquivalentTo": [parts, parts[::-1]]}.get(word, [])


# What a rule asks: g is its conclusion, s a fact, a an axiom; p and q are earlier conclusions.
_RULES: dict[str, Any] = {
    "given": lambda g, s: g == _fact(*s)[1],
    "axiom": lambda g, a, p: (p, g) in _implied(*a),
    "not-axiom": lambda g, a, p: any((g, p) == (_not(q), _not(r)) for q, r in _implied(*a)),
    "wider": lambda g, a, p: g[:2] == p[:2] == ["some", g[1]] and (p[2], g[2]) in _implied(*a),
    "not-wider": lambda g, a, p: _RULES["wider"](_not(p), a, _not(g)),
    "spread": lambda g, p: g[2][0] == "or" and p == ["or", *([*g[:2], q] for q in g[2][1:])],
    "not-spread": lambda g, p: _RULES["spread"](_not(g), _not(p)),
    "some": lambda g, s, p: g == ["some", s[2], p] and s[0] == "has",
    "none": lambda g, a, s, p: (
        _RULES["some"](_not(g), s, _not(g)[2]) and [a, p] == [["Functional", s[2]], _not(g[1][2])]
    ),
    "and": lambda g, *p: g == ["and", *p],
    "part": lambda g, p: p[0] == "and" and g in p[1:],
    "not-part": lambda g, p: _not(g)[0] == "and" and p in map(_not, _not(g)[1:]),
    "or": lambda g, p: g[0] == "or" and p in g[1:],
    "neither": lambda g, *p: _not(g)[0] == "or" and p == (*map(_not, _not(g)[1:]),),
    "within": lambda g, p: g != p and _covered(p, g),
    "not-within": lambda g, p: _RULES["within"](_not(p), _not(g)),
    "outside": lambda g, a, p: a == ["Functional", p[1]] and g[0] == "not" and _apart(p, g[1]),
    "range": lambda g, a, p: g[0] == "some" and a == ["Range", *g[1:]] and _range(p)[0][0] == g[1],
    "split": lambda g, p: g[0] == "or" and p not in g and _covered(p, *g[1:]),
    "either": lambda g: g == ["or", g[1], ["not", g[1]]],
    "absurd": lambda _, p, q: q == ["not", p],
}


def _walk(steps: Any, known: dict[Any, Any]) -> None:
    """Demand that each step follows, and add what it says to what is known."""
    for number, step in enumerate(steps, 1):
        thing, goal, by, refs = (step[key] for key in ("thing", "is", "by", "from"))
        cited = [known[ref] for ref in refs]
        under = set[Any]().union(*(above for _, _, above in cited))
        if by == "suppose":
            follows, under = not refs, {number}
        elif by == "cases":
            (whose, union, under), *rest = cited
            follows = union == ["or", *(start[1] for start in rest[::2])]
            for ref, start, end in zip(refs[1::2], rest[::2], rest[1::2], strict=True):
                follows &= start[::2] == (whose, {ref}) and end[:2] == (thing, goal)
                follows, under = follows and ref in end[2], under | end[2] - {ref}
        else:
            parts, whose = [said for _, said, _ in cited], {whom for whom, _, _ in cited if whom}
            owner = {said[1] for said in parts if said[0] == "has"} or whose
            about = len(whose) <= 1 and (owner <= {thing} or by == "absurd")
            follows = bool(about and _RULES[by](goal, *parts))
        wanted = {"step": number, "thing": thing, "is": goal, "by": by}
        wanted["from"] = [ref if isinstance(ref, str) else int(ref) for ref in refs]
        if by in ("within", "not-within", "outside"):
            wanted["compared"] = [(p[1] if p[0] == "not" else p)[2] for p in (cited[-1][1], goal)]
        wanted |= {"under": sorted(under)} if under else {}
        _demand(follows and repr(step) == repr(wanted), f"Step {number} does not follow by {by}.")
        _spelled(goal)
        known[number] = (thing, goal, under)


@lru_cache(maxsize=2048)
def _graph(text: str, form: str = "turtle") -> Graph:
    return Graph(bind_namespaces="none").parse(data=text, format=form)


def _stands(statement: Graph, graph: Graph) -> bool:
    """Whether the triples of a statement are in a graph, whatever blank nodes are called there."""

    def fits(node: Any, other: Any) -> bool:
        said = statement.predicate_objects(node)
        return all(any(same(value, v) for v in graph.objects(other, by)) for by, value in said)

    def same(node: Any, other: Any) -> bool:
        return fits(node, other) if isinstance(node, BNode) else node == other

    [root] = {*statement.subjects()} - {*statement.objects()}
    return any(fits(root, n) for n in ({*graph.subjects()} if isinstance(root, BNode) else [root]))


def _statements(proof: Any) -> dict[Any, Any]:
    """What facts and axioms say, by id; each must come with the triples that say just that."""
    known: dict[Any, Any] = {}
    for group, letter in _GROUPS.items():
        for number, said in enumerate(proof[group], 1):
            says, lines = said["says"], said["triples"]
            turtle, text = _spelled(says, _AXIOMS if letter == "a" else _FACTS)
            wanted = {"id": f"{letter}{number}", "says": says, "triples": lines}
            wanted |= {"text": text[1:-1], "file": said["file"]} if letter == "a" else {}
            _demand(repr(said) == repr(wanted) and lines == sorted(lines), f"{text} is amiss.")
            plain = re.sub(r'"(\d+)(\.0*)?"(?=\S+#decimal>)', r'"\1.0"', "\n".join(lines))
            read, written = _graph(plain, "nt"), _graph(_PREFIXES + turtle)
            same = len(lines) == len(read) == len(written) and _stands(read, written)
            _demand(same, f"The triples are not those of {says}.")
            _demand(letter != "s" or says[2][0] == "not", "What is assumed must be an absence.")
            whom = says[3 if says[0] == "has" else 1] if letter != "a" else None
            known[said["id"]] = whom, says, set()
    return known


def _check_origins(proof: Any, root: Path) -> None:
    """Demand that version and digest are those of the knowledge, and that axioms stand in it."""
    paths = sorted([*root.glob("ontology/*.ttl"), *root.glob("rules/[cr]*/*.ttl")])
    files, total = {p.relative_to(root).as_posix(): p for p in paths}, hashlib.sha256()
    for name in [*files, "ontology/mappings.sssom.tsv", "rules/shapes/record.ttl"]:
        content = (root / name).read_bytes()
        total.update(f"{name}\n{len(content)}\n".encode() + content)
    [version] = _graph(files["ontology/primum.ttl"].read_text()).objects(None, OWL.versionInfo)
    wanted = {"version": str(version), "digest": f"sha256:{total.hexdigest()}"}
    _demand(proof["knowledge"] == wanted, f"The knowledge is {wanted}.")
    for axiom in proof["axioms"]:
        statement, file = _graph("\n".join(axiom["triples"]), "nt"), files[axiom["file"]]
        _demand(_stands(statement, _graph(file.read_text())), f"{axiom['id']} is not in {file}.")


def check(proof: Any, knowledge: Path | None = None) -> None:
    """Raise Fault unless a proof holds; `knowledge` is the folder of ontology and rules."""
    try:
        known = _statements(proof)
        facts = [_fact(*said["says"]) for group in ("asserted", "assumed") for said in proof[group]]
        for thing, part in (_fact(*said["says"]) for said in proof["assuming"]):
            closed = (thing, part) in facts or (thing, _not(part)) in facts
            _demand(not closed, f"{_spelled(part)[1]} was not left open.")
        _walk(proof["steps"], known)
        used, last = {ref for step in proof["steps"] for ref in step["from"]}, proof["steps"][-1]
        rule = known[last["from"][-1]][1] if last["by"] == "axiom" else None
        wanted: Any = {"claim": {"thing": last["thing"], "is": last["is"], "rule": rule}}
        wanted["holds"] = "never" if last["is"][0] == "not" else "certain"
        wanted["holds"] = "possible" if proof["assuming"] else wanted["holds"]
        wanted["knowledge"] = {key: proof["knowledge"][key] for key in ("version", "digest")}
        wanted |= {key: proof[key] for key in (*_GROUPS, "steps")}
        _demand(repr(proof) == repr(wanted), "The claim is not what the last step says.")
        idle = {*known} - used - {last["step"]}
        _demand("under" not in last and not idle, f"Idle, or under a hypothesis: {idle}.")
        if knowledge is not None:
            _check_origins(proof, knowledge)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError, Error) as error:
        raise Fault(f"This is not of the form of a proof: {error!r}") from error


def main(arguments: list[str]) -> int:
    """0 where a proof holds, 1 where it does not, 2 where there is none to check."""
    try:
        check(json.loads(Path(arguments[0]).read_text()), *map(Path, arguments[1:]))
    except Fault as fault:
        print(f"The proof does not hold. {fault}")
        return 1
    except (IndexError, OSError, TypeError, ValueError) as error:
        print(f"python proof_checker.py PROOF.json [KNOWLEDGE]: {error}", file=sys.stderr)
        return 2
    print("The proof holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
