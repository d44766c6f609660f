"""`THREAT_MODEL.md` promises what tests try to break, and its figures are the real ones."""

import ast
import re
from pathlib import Path

import pytest

from primum.foundation.settings import TABLE, read_settings
from primum.use_cases.sparql.exchange import MOST_BYTES as RESULT_BYTES
from primum.use_cases.sparql.exchange import MOST_ROWS
from primum.use_cases.sparql.screening import MOST_BYTES, MOST_NESTING, MOST_TOKENS
from primum.web.problem_kinds import KINDS

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "service" / "THREAT_MODEL.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", MODEL)))
PROMISES = [
    line for line in MODEL.partition("\n## 8. ")[2].partition("\n## 9. ")[0].splitlines()
    if line.startswith("| ") and not line.startswith(("| promise", "| ---"))
]  # fmt: skip
SECTIONS = ("1", "2", "3", "4", "5", "5a", "6", "7", "8", "9", "10", "11", "11a", "12", "13")


def _stem(path: Path) -> str:
    """The name of a file, by which pytest calls its test."""
    return path.stem


def tried_in(path: Path) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse(path.read_text())
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {name for name in functions if name.startswith("test_")}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    """In the file that is named with it."""
    assert (ROOT / path).is_file(), path
    assert name in tried_in(ROOT / path)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda line: line[2:42])
def test_each_promise_names_its_tests(promise: str) -> None:
    """A promise that nobody tries to break is a wish."""
    said, _, named = promise.strip("| ").rpartition(" | ")
    assert said
    assert re.fullmatch(r"(`tests/[\w/]+\.py::test_\w+`(, )?)+", named)


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "hostile").glob("test_*.py")), ids=_stem)
def test_each_hostile_test_is_named(path: Path) -> None:
    """What is tried is told; this file alone tries nothing."""
    named = {name for where, name in NAMED if where == str(path.relative_to(ROOT))}
    assert named == (set() if path == Path(__file__) else tried_in(path))


def test_the_sections_are_those_of_the_model_that_it_follows() -> None:
    """In their order, so that the two can be laid side by side."""
    found = [
        first or second for first, second in re.findall(r"^## (\d+)\. |^### (\d+a)\. ", MODEL, re.M)
    ]
    assert found == list(SECTIONS)


def test_the_figures_are_those_that_are_enforced() -> None:
    """Limits of queries and results, and the defaults of settings."""
    figures = (MOST_BYTES, MOST_TOKENS, MOST_NESTING, 4 * MOST_BYTES, MOST_ROWS, RESULT_BYTES)
    for number in figures:
        assert f"{number:,}" in MODEL
    defaults = read_settings({})
    assert (
        f"| {defaults.cage_seconds}, {defaults.cage_megabytes}, {defaults.cage_workers} |" in MODEL
    )
    assert f"| {defaults.body_bytes:,}, {defaults.body_seconds} |" in MODEL
    assert f"`PRIMUM_CALLER_QUERIES` | {defaults.caller_queries} |" in MODEL


def test_the_settings_are_those_that_there_are() -> None:
    """By their whole names."""
    known = {row.variable for row in TABLE}
    assert set(re.findall(r"PRIMUM_[A-Z]+(?:_[A-Z]+)*", MODEL)) <= known


def test_what_hostile_requests_are_told_is_documented() -> None:
    """Each kind of the corpus is one of the table that pages and the API description show."""
    kinds = set(
        re.findall(r'^kind = "(.*)"$', (Path(__file__).parent / "hostile.toml").read_text(), re.M)
    )
    assert kinds
    assert kinds <= set(KINDS)
