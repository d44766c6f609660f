"""Which paths may be those of terms, and which are left to other routes."""

import re

import pytest

from primum.web.negotiation import HTML, TURTLE
from primum.web.term_paths import FORMS, PATTERN, path_in


@pytest.mark.parametrize(
    "path",
    [
        "HamstringStrain",
        "hamstring-strain",
        "Hamstring strain",
        "runner's knee",
        "source/SEED-ITBS",
        "ontology/0.1.0",
        "rules/contraindications/cold/0.1.0",
        "v2",
        "v10",
        "Ärzte",
        "0",
        "X.ttlx",
        "X.tt",
    ],
)
def test_a_path_that_may_be_that_of_a_term(path: str) -> None:
    """Names of any letters, in the folders that there are."""
    assert re.fullmatch(PATTERN, path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "v1",
        "v1/rules",
        "docs/problems",
        "no/where",
        "HamstringStrain/",
        "source/",
        "source//X",
        "/HamstringStrain",
        ".env",
        "-",
        "_",
        "x\0",
        "x\n",
        "X.ttl",
        "X.html",
        "source/X.jsonld",
    ],
)
def test_a_path_that_is_none_of_a_term(path: str) -> None:
    """Those of other routes, of no folder, with control characters, or that name a form."""
    assert not re.fullmatch(PATTERN, path)


def test_each_form_has_one_ending() -> None:
    """From the form to the ending and back."""
    assert len(set(FORMS.values())) == len(FORMS) == 5
    assert path_in("source/X", TURTLE) == "/source/X.ttl"
    assert path_in("X", HTML) == "/X.html"
