"""Knowledge is data: no name of a clinical term stands in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from primum.use_cases.service import Primum

SHORT = 7
PACKAGE = Path(__file__).parents[2] / "service/primum"


def strings(source: str) -> Iterator[str]:
    """The string constants of a module that are no docstrings."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield from [node.value] if isinstance(node.value, str) else []


def clinical_names() -> set[str]:
    """Every name of an injury, treatment, factor or rule that cannot be an ordinary word."""
    knowledge = Primum.load().release.knowledge
    terms = (*knowledge.injuries, *knowledge.treatments, *knowledge.factors)
    names = {name for term in terms for name in (term.id, term.slug, term.label)}
    names |= {name for rule in knowledge.rules for name in (rule.id, rule.slug, rule.label)}
    return {name.casefold() for name in names if len(name) > SHORT} - {"intervention"}


def mentioned(source: str, names: set[str]) -> list[str]:
    """The strings of a module that contain one of the names."""
    return [text for text in strings(source) if any(name in text.casefold() for name in names)]


def test_no_module_names_a_clinical_term() -> None:
    """The strings of the package hold no injury, treatment, factor or rule."""
    names = clinical_names()
    found = {
        str(path.relative_to(PACKAGE)): mentioned(path.read_text(), names)
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert not {path: texts for path, texts in found.items() if texts}


def test_a_clinical_term_in_code_is_noticed() -> None:
    """The search finds a term that a rule in Python would name."""
    planted = '"""A module."""\nRULE = "not before 48 h in a hamstring strain"\n'
    assert mentioned(planted, clinical_names()) == ["not before 48 h in a hamstring strain"]
