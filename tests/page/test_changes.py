"""The page of what changed says what `primum diff` finds since an earlier release."""

import html
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from tests.conftest import CopyKnowledge

from primum.foundation.settings import read_settings
from primum.use_cases.build import build
from primum.use_cases.service import Primum
from primum.web.app import create_app


def client(primum: Primum, before: Path | None) -> FlaskClient:
    """A client of the application, with an earlier release to compare with."""
    return create_app(primum, replace(read_settings({}), before=before)).test_client()


def test_without_an_earlier_release_the_page_says_so(primum: Primum) -> None:
    """And how to name one."""
    assert "PRIMUM_BEFORE" in client(primum, None).get("/changes").text


def test_a_folder_without_a_release_is_told(primum: Primum, tmp_path: Path) -> None:
    """With what is missing in it."""
    assert "No release in" in html.unescape(client(primum, tmp_path).get("/changes").text)


def test_the_same_release_has_not_changed(primum: Primum) -> None:
    """Nothing differs."""
    text = client(primum, primum.place.release).get("/changes").text
    assert "Nothing differs." in text


@pytest.mark.slow
def test_an_answer_that_moved_is_shown_with_its_rule(
    primum: Primum, copy_knowledge: CopyKnowledge
) -> None:
    """From what to what, and because of which edit."""
    place = copy_knowledge()
    file = place.rules / "contraindications" / "massage.ttl"
    text = file.read_text()
    assert "xsd:maxExclusive 168.0" in text
    file.write_text(text.replace("xsd:maxExclusive 168.0", "xsd:maxExclusive 120.0"))
    build(place)
    shown = html.unescape(client(primum, place.release).get("/changes").text)
    assert "Answers that moved" in shown
    assert "MassageStrainGrade2To3Week" in shown
