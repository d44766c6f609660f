"""A term is found at the line at which its description starts."""

from primum.foundation.names import BASE
from primum.knowledge.files import knowledge_files, triples_of
from primum.knowledge.locate import Place
from primum.knowledge.positions import Positions

TURTLE = """\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix primum: <https://w3id.org/primum/> .

###  https://w3id.org/primum/A
primum:A rdfs:label "A
primum:B is not described here." ;
   rdfs:seeAlso primum:C , primum:Cd .

<https://w3id.org/primum/B> rdfs:label "B" ;
   rdfs:seeAlso <https://w3id.org/primum/C> .
"""


def test_a_description_starts_at_the_margin() -> None:
    """Prefixed names and whole IRIs are found; a line within a text is none."""
    positions = Positions(TURTLE)
    assert [positions.line(BASE + name) for name in "ABC"] == [5, 9, 0]


def test_a_mention_is_found_within_the_description() -> None:
    """The line that uses a term is told, not that of another one, nor of a longer name."""
    positions = Positions(TURTLE)
    assert positions.line(BASE + "A", mentioning=BASE + "C") == 7
    assert positions.line(BASE + "B", mentioning=BASE + "C") == 10
    assert positions.line(BASE + "A", mentioning=BASE + "Lost") == 5
    assert positions.mention(BASE + "Cd") == 7
    assert positions.mention(BASE + "Lost") == 0


def test_every_subject_of_the_shipped_files_has_a_line(place: Place) -> None:
    """The layout in which the files are kept is the one that is searched."""
    for path in knowledge_files(place):
        positions = Positions(path.read_text(encoding="utf-8"))
        named = {str(s)[1:-1] for s, _, _ in triples_of(path) if not str(s).startswith("_:")}
        assert not [iri for iri in named if not positions.line(iri)], path
