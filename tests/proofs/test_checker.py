"""The checker stands alone, says why it refuses a proof, and is not to be talked into anything."""

import ast
import io
import json
import subprocess
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib

from primum import proof_checker
from primum.foundation.names import BASE, Link
from primum.knowledge.locate import Place
from primum.proof_checker import Fault, check, main

SOURCE = Path(proof_checker.__file__)
SITE = Path(rdflib.__file__).parents[1]
THING, OTHER = BASE + "situation/situation", BASE + "situation/injury"
MASSAGE, HEAT = BASE + "Massage", BASE + "Heat"


def lines_of_code(source: str) -> int:
    """The lines of a module that are neither blank nor comment nor docstring."""
    spoken: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spoken.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    layout = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in layout and token.type != tokenize.ENDMARKER:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - spoken)


def test_the_checker_is_short() -> None:
    """It can be read in one sitting: fewer than 200 lines of code."""
    assert lines_of_code(SOURCE.read_text()) < 200


def test_the_checker_imports_the_standard_library_and_rdflib_only() -> None:
    """Nothing of the engine, and no other package, has a part in its judgement."""
    imported = set()
    for node in ast.walk(ast.parse(SOURCE.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert {"rdflib"} == imported - sys.stdlib_module_names


def run_alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of the checker where nothing but rdflib and what it needs can be imported."""
    for package in ("rdflib", "pyparsing"):
        for found in SITE.glob(f"{package}*"):
            (folder / found.name).symlink_to(found)
    copy = folder / "checker.py"
    copy.write_text(SOURCE.read_text())
    start = (
        "import runpy, sys; sys.path.append(sys.argv[1]); sys.argv = sys.argv[2:];"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", start, str(folder), str(copy), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_checker_runs_without_the_package(
    design_document: Any, place: Place, tmp_path: Path
) -> None:
    """A copy of the file alone, with rdflib, accepts a proof by the folder of the knowledge."""
    proof = tmp_path / "proof.json"
    proof.write_text(json.dumps(design_document))
    result = run_alone(tmp_path, str(proof), str(place.root))
    expected = (0, "The proof holds.\n", "")
    assert expected == (result.returncode, result.stdout, result.stderr)


def test_the_command_tells_a_proof_from_none(
    design_document: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 where a proof holds, 1 where it does not and where, 2 where there is nothing to check."""
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(design_document))
    assert main([str(path)]) == 0
    design_document["steps"][4]["compared"][1] = "xsd:integer[>= 1]"
    path.write_text(json.dumps(design_document))
    assert main([str(path)]) == 1
    assert "Step 5 does not follow by within." in capsys.readouterr().out
    path.write_text("no JSON")
    assert [main([str(path)]), main([str(tmp_path / "none")]), main([])] == [2, 2, 2]
    assert "PROOF.json [KNOWLEDGE]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "document",
    [None, 1, "proof", [], {}, [{}], {"steps": []}, {"claim": {}, "asserted": [1]}],
)
def test_what_is_no_proof_is_refused(document: Any) -> None:
    """Whatever JSON comes, the answer is a fault and no crash."""
    with pytest.raises(Fault, match="form of a proof"):
        check(document)


def test_a_deep_document_is_refused(design_document: Any) -> None:
    """Nesting beyond measure is a fault too."""
    deep: Any = MASSAGE
    for _ in range(10**5):
        deep = ["not", deep]
    design_document["steps"][0]["is"] = deep
    with pytest.raises(Fault):
        check(design_document)


Change = Callable[[Any], None]


def another_level(proof: Any) -> None:
    """Claim another level, in the claim, the last step and the axiom it rests on."""
    level = BASE + "AbsolutelyContraindicated"
    proof["claim"]["is"] = proof["steps"][-1]["is"] = level


def another_rule(proof: Any) -> None:
    """Claim that another rule is behind it."""
    proof["claim"]["rule"] = BASE + "AnotherRule"


def another_situation(proof: Any) -> None:
    """Claim it of another situation."""
    proof["claim"]["thing"] = BASE + "situation/other"


def another_question(proof: Any) -> None:
    """Assert another treatment, consistently, than the rule asks for."""
    said = proof["asserted"][4]
    said["says"][2] = HEAT
    said["triples"] = [line.replace(MASSAGE, HEAT) for line in said["triples"]]


def without_the_end(proof: Any) -> None:
    """Leave out the last step."""
    proof["steps"].pop()


def with_an_idle_fact(proof: Any) -> None:
    """Assert one thing more, which nothing uses."""
    head = f"<{THING}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{HEAT}> ."
    number = len(proof["asserted"]) + 1
    proof["asserted"].append({"id": f"r{number}", "says": ["is", THING, HEAT], "triples": [head]})


@pytest.mark.parametrize(
    "change",
    [
        another_level,
        another_rule,
        another_situation,
        another_question,
        without_the_end,
        with_an_idle_fact,
    ],
)
def test_a_wrong_claim_is_refused(change: Change, design_document: Any) -> None:
    """What is claimed must be what was proved, and of what was asserted."""
    change(design_document)
    with pytest.raises(Fault):
        check(design_document)


def step(number: int, thing: str, conclusion: Any, by: str, *cited: int | str) -> Any:
    """One step of a made-up proof."""
    return {"step": number, "thing": thing, "is": conclusion, "by": by, "from": list(cited)}


def fact(name: str, *says: str) -> Any:
    """A fact of a made-up proof."""
    of, by, value = says[1], says[2], says[-1]
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    line = f"<{of}> <{kind if says[0] == 'is' else by}> <{value}> ."
    return {"id": name, "says": list(says), "triples": [line]}


def made_up(facts: list[Any], axioms: list[Any], *steps: Any) -> Any:
    """A made-up proof of whatever its last step says."""
    last = steps[-1]
    negative = isinstance(last["is"], list) and last["is"][0] == "not"
    return {
        "claim": {"thing": last["thing"], "is": last["is"], "rule": None},
        "holds": "never" if negative else "certain",
        "knowledge": {"version": "", "digest": ""},
        "asserted": facts,
        "assumed": [],
        "assuming": [],
        "axioms": axioms,
        "steps": list(steps),
    }


MASSAGE_OF_OTHER = fact("r1", "is", OTHER, MASSAGE)
LINK = fact("r2", "has", THING, Link.FOR_INJURY, OTHER)
ONLY = {
    "id": "a1",
    "says": ["Functional", Link.FOR_INJURY],
    "triples": [
        f"<{Link.FOR_INJURY}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://www.w3.org/2002/07/owl#FunctionalProperty> ."
    ],
    "text": "Functional: forInjury",
    "file": "ontology/core.ttl",
}
KIND = {
    "id": "a1",
    "says": ["SubClassOf", HEAT, MASSAGE],
    "triples": [f"<{HEAT}> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{MASSAGE}> ."],
    "text": "Heat SubClassOf Massage",
    "file": "ontology/core.ttl",
}
GIVEN = step(1, OTHER, MASSAGE, "given", "r1")
FORGED = ["or", MASSAGE, Link.FOR_INJURY, MASSAGE]
UNSOUND = {
    "what holds of one thing does not hold of another": made_up(
        [MASSAGE_OF_OTHER], [], step(1, THING, MASSAGE, "given", "r1")
    ),
    "a hypothesis is no conclusion": made_up([], [], step(1, THING, MASSAGE, "suppose")),
    "a hypothesis must be discharged": made_up(
        [],
        [],
        {**step(1, THING, MASSAGE, "suppose"), "under": [1]},
        {**step(2, THING, ["or", MASSAGE, HEAT], "or", 1), "under": [1]},
    ),
    "one case is not all cases": made_up(
        [],
        [],
        step(1, THING, ["or", MASSAGE, ["not", MASSAGE]], "either"),
        {**step(2, THING, MASSAGE, "suppose"), "under": [2]},
        step(3, THING, MASSAGE, "cases", 1, 2, 2),
    ),
    "a hypothesis of one thing is no case of another": made_up(
        [],
        [],
        step(1, THING, ["or", MASSAGE, ["not", MASSAGE]], "either"),
        {**step(2, OTHER, MASSAGE, "suppose"), "under": [2]},
        {**step(3, OTHER, ["not", MASSAGE], "suppose"), "under": [3]},
        step(4, OTHER, MASSAGE, "cases", 1, 2, 2, 3, 3),
    ),
    "a conclusion is no link": made_up(
        [MASSAGE_OF_OTHER],
        [],
        GIVEN,
        step(2, OTHER, FORGED, "or", 1),
        step(3, OTHER, ["some", Link.FOR_INJURY, MASSAGE], "some", 2, 1),
    ),
    "a conclusion is no link by which there is only one": made_up(
        [MASSAGE_OF_OTHER],
        [ONLY],
        GIVEN,
        step(2, OTHER, FORGED, "or", 1),
        step(3, OTHER, ["not", ["some", Link.FOR_INJURY, ["not", MASSAGE]]], "none", "a1", 2, 1),
    ),
    "a conclusion is no number": made_up(
        [MASSAGE_OF_OTHER],
        [],
        GIVEN,
        step(2, OTHER, ["or", MASSAGE, Link.AGE, "7"], "or", 1),
        step(3, OTHER, ["value", Link.AGE, "7"], "given", 2),
    ),
    "a class is no range of numbers": made_up(
        [MASSAGE_OF_OTHER, LINK],
        [],
        GIVEN,
        step(2, THING, ["some", Link.FOR_INJURY, MASSAGE], "some", "r2", 1),
        {
            **step(3, THING, ["some", Link.FOR_INJURY, HEAT], "within", 2),
            "compared": [MASSAGE, HEAT],
        },
    ),
    "the whole does not follow from some parts": made_up(
        [MASSAGE_OF_OTHER], [], GIVEN, step(2, OTHER, ["and", MASSAGE, HEAT], "and", 1)
    ),
    "a kind does not follow from what it is a kind of": made_up(
        [MASSAGE_OF_OTHER], [KIND], GIVEN, step(2, OTHER, HEAT, "axiom", "a1", 1)
    ),
    "having some of a class is not having some of its kinds": made_up(
        [MASSAGE_OF_OTHER, LINK],
        [KIND],
        GIVEN,
        step(2, THING, ["some", Link.FOR_INJURY, MASSAGE], "some", "r2", 1),
        step(3, THING, ["some", Link.FOR_INJURY, HEAT], "wider", "a1", 2),
    ),
}


@pytest.mark.parametrize("fallacy", UNSOUND)
def test_a_fallacy_is_refused(fallacy: str) -> None:
    """Inferences that look like those allowed and are none."""
    with pytest.raises(Fault):
        check(UNSOUND[fallacy])


def test_a_made_up_proof_can_hold() -> None:
    """The fallacies are refused for what is wrong with them, not for being made up."""
    some = step(2, THING, ["some", Link.FOR_INJURY, MASSAGE], "some", "r2", 1)
    check(made_up([MASSAGE_OF_OTHER, LINK], [], GIVEN, some))
    either = step(1, THING, ["or", MASSAGE, ["not", MASSAGE]], "either")
    check(made_up([], [], either))
    none = ["not", ["some", Link.FOR_INJURY, ["not", MASSAGE]]]
    unlike = step(2, THING, none, "none", "a1", "r2", 1)
    check(made_up([MASSAGE_OF_OTHER, LINK], [ONLY], GIVEN, unlike))
