"""What the page of the ontology shows: versions, counts, and every term by kind."""

import pytest
from flask.testing import FlaskClient
from tests.terms.reading import page, read

from primum.foundation.names import BASE
from primum.use_cases.service import Primum
from primum.use_cases.terms.kinds import TermKind
from primum.web.app import create_app


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


def test_the_ontology_shows_its_version_and_counts(client: FlaskClient, primum: Primum) -> None:
    """As the manifest of the release states them."""
    manifest, words = primum.release.manifest, read(client, "/ontology")
    assert f"Version {manifest.version}" in words
    assert f"{BASE}ontology/{manifest.version}" in words
    assert manifest.digest in words
    for name, count in manifest.counts.items():
        assert f"{name.capitalize()} {count}" in words


def test_the_ontology_lists_every_term(client: FlaskClient, primum: Primum) -> None:
    """Each IRI that is a subject of the release has a link there, whatever its kind."""
    text = page(client, "/ontology")
    subjects = {str(quad.subject)[1:-1] for quad in primum.release.store}
    ours = {iri for iri in subjects if iri.startswith(BASE)} - {f"{BASE}ontology"}
    assert len(ours) > 1500
    assert not [iri for iri in ours if f'href="/{iri.removeprefix(BASE)}"' not in text]


def test_the_ontology_shows_its_top_classes_and_all_kinds(client: FlaskClient) -> None:
    """Classes as a tree without rules, which stand by topic."""
    text = page(client, "/ontology")
    top = text.split('id="top"')[1].split("</section>")[0]
    assert '<a href="/Condition">Condition</a>' in top
    assert '<a href="/HamstringStrain">' not in top
    tree = text.split('id="classes"')[1].split("</section>")[0]
    nested = tree.split('<a href="/MuscleStrain">')[1].split("</ul>")[0]
    assert '<a href="/HamstringStrain">' in nested
    assert "MassageStrainGrade2To3Week" not in tree
    for kind in set(TermKind) - {TermKind.CLASS, TermKind.RULE, TermKind.WORD}:
        assert f'<h2 id="{kind}">' in text
