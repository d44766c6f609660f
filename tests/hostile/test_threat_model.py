"""Every promise of the threat model names a test that there is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "service/THREAT_MODEL.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part)
def test_a_promise_names_a_test(path: str, name: str) -> None:
    """By its file and function."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_one() -> None:
    """Each row of the tables of promises ends with a test."""
    promised = TEXT.partition("## What is promised")[2].partition("## What is not promised")[0]
    rows = [line for line in promised.splitlines() if line.startswith("| ")]
    promises = [row for row in rows if not row.startswith(("| ---", "| promise"))]
    assert len(promises) == len(NAMED) > 30
    assert all(re.search(r"::\w+` \|$", row) for row in promises)
