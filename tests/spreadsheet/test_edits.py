"""An edited cell changes what it says in the knowledge, and nothing else."""

import difflib
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.spreadsheet.editing import Grid
from tests.spreadsheet.small import make_small, texts_of

from primum.knowledge.locate import Place, locate
from primum.use_cases.spreadsheet.template import read_sheet, write_sheet

WORDS = st.text(st.sampled_from("abz \"'|,;:\u00e9"), max_size=12).map(lambda t: f"Q{t.strip()}z")
LISTS = st.lists(WORDS, min_size=1, max_size=3, unique=True)
FACTORS = st.sampled_from(("bleeding", "bad-bleeding", "fever"))


def _joined(texts: list[str]) -> str:
    """A cell of several texts, in the order in which Primum writes them."""
    in_order = sorted(texts, key=lambda text: str(ox.Literal(text, language="en")))
    return " | ".join(text.replace("|", "\\|") for text in in_order)


CITATIONS = st.dictionaries(
    st.sampled_from(("ATLAS", "BOOK-2", "CHART")), WORDS, min_size=1, max_size=3
).map(lambda found: " | ".join(f"{k}: {t.replace('|', '')}" for k, t in sorted(found.items())))

PLAIN = {
    "label": WORDS,
    "level": st.sampled_from(("absolute", "relative", "precaution")),
    "treatment": st.sampled_from(("rubbing", "warmth", "hard-rubbing or warmth")),
    "injury": st.sampled_from(("", "wrench", "pull", "pull or wrench")),
    "grade": st.sampled_from(("", "1", "3", "2 or more", "1 to 2")),
    "window": st.sampled_from(("", "early-situation")),
    "factors present": st.sampled_from(("", "fever", "bleeding and fever", "bleeding or fever")),
    "factors absent": st.sampled_from(("", "fever", "bad-bleeding and fever")),
    "scope": st.sampled_from(("local", "general")),
    "stage": WORDS | st.just(""),
    "evidence": WORDS | st.just(""),
    "confidence": st.sampled_from(("high", "medium", "low")),
    "rationale": WORDS,
    "sources": CITATIONS,
    "reviewed on": st.dates().map(lambda day: day.isoformat()).filter(lambda d: d >= "1900"),
}
TERM = {
    "label": WORDS.map(lambda text: f"L{text}"),  # never that of a synonym
    "definition": WORDS.map(lambda text: f"{text} and so on."),
    "synonyms": LISTS.map(_joined) | st.just(""),
    "sources": CITATIONS | st.sampled_from(("ATLAS", "ATLAS | CHART")),
    "note": WORDS | st.just(""),
}
EDITS: dict[str, tuple[str, dict[str, SearchStrategy[str]]]] = {
    "rubbing-early": ("rules", PLAIN | {"bound": st.sampled_from(("stated", "inferred"))}),
    "rubbing-bleeding": ("rules", PLAIN),
    "hard-rubbing": ("treatments", TERM | {"parents": st.sampled_from(("rubbing", "warmth"))}),
    "bad-bleeding": (
        "factors",
        TERM
        | {
            "parents": st.sampled_from(("bleeding", "fever", "bleeding | fever")),
            "subject": st.sampled_from(("finding", "disease")),
            "scope": st.sampled_from(("local", "general")),
        },
    ),
}


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    """A sheet, a row of it, and valid cells for one to four of its columns."""
    id = draw(st.sampled_from(sorted(EDITS)))
    sheet, columns = EDITS[id]
    chosen = draw(st.sets(st.sampled_from(sorted(columns)), min_size=1, max_size=4))
    return sheet, id, {column: draw(columns[column]) for column in sorted(chosen)}


@given(edits())
@settings(max_examples=30)
def test_edited_cells_come_back_and_nothing_else_moves(
    edit: tuple[str, str, dict[str, str]],
) -> None:
    """The next sheet is the edited sheet, and the blocks of other classes keep each byte."""
    sheet, id, cells = edit
    with TemporaryDirectory() as folder:
        small = make_small(Path(folder) / "small", locate())
        before, grid = texts_of(small), Grid.of(write_sheet(small, sheet)).edited(id, cells)
        outcome = read_sheet(small, grid.save())
        assert outcome.faults == ()
        again = Grid.of(write_sheet(small, sheet))
        assert grid.by_id == again.by_id
        assert _blocks(before).keys() == _blocks(texts_of(small)).keys()
        moved = {b for b, text in _blocks(before).items() if text != _blocks(texts_of(small))[b]}
        name = "".join(part.capitalize() for part in id.split("-"))
        assert moved <= {name}
        assert bool(moved) == bool(outcome.changes)


def _blocks(texts: dict[str, str]) -> dict[str, str]:
    """What the files say of each class, by its local name; heads of files by the file's."""
    blocks = {}
    for file, text in texts.items():
        head, *rest = text.split("###  https://w3id.org/primum/")
        blocks[file] = head
        for block in rest:
            name, _, said = block.partition("\n")
            blocks[name] = said
    return blocks


def _lines(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The lines that differ between the texts of files, as a diff shows them."""
    found = []
    for file, text in before.items():
        diff = difflib.unified_diff(text.splitlines(), after[file].splitlines(), n=0, lineterm="")
        found += [f"{one[0]}{one[1:].strip()}" for one in list(diff)[2:] if one[0] in "+-"]
    return [line for line in found if "Generated by the OWL API" not in line]


def _edit(small: Place, sheet: str, id: str, cells: dict[str, str]) -> list[str]:
    """The lines that an edit changes."""
    before = texts_of(small)
    outcome = read_sheet(small, Grid.of(write_sheet(small, sheet)).edited(id, cells).save())
    assert outcome.faults == ()
    return _lines(before, texts_of(small))


def test_the_end_of_a_window_is_one_line(small: Place) -> None:
    """A new hour changes the number and nothing around it."""
    assert _edit(small, "rules", "rubbing-early", {"until hour": "120.5"}) == [
        "-[ xsd:maxExclusive 168.0",
        "+[ xsd:maxExclusive 120.5",
    ]


def test_the_end_of_a_window_can_be_taken_away(small: Place) -> None:
    """An empty cell takes the bound out of the condition."""
    changed = _edit(small, "rules", "rubbing-early", {"until hour": "", "bound": ""})
    assert "-[ xsd:maxExclusive 168.0" in changed
    assert '-primum:windowBound "minimum" .' in changed or any("windowBound" in c for c in changed)


def test_a_locator_is_one_line_on_the_axiom_of_its_source(small: Place) -> None:
    """The annotation of the other source stays."""
    assert _edit(
        small, "rules", "rubbing-early", {"sources": "ATLAS: plate 7 | BOOK-2: page 4"}
    ) == ['-:locator "page 3: top"', '+:locator "page 4"']


def test_a_source_that_is_taken_out_takes_its_locator_along(small: Place) -> None:
    """No annotation is left of an axiom that is gone."""
    _edit(small, "rules", "rubbing-early", {"sources": "BOOK-2: page 3: top"})
    assert "plate 7" not in texts_of(small)["rules/contraindications/rubbing.ttl"]


def test_what_no_column_shows_stays(small: Place) -> None:
    """A synonym in another language and a restriction outlive edits of synonyms and parents."""
    _edit(small, "treatments", "rubbing", {"synonyms": "friction"})
    _edit(small, "treatments", "hard-rubbing", {"parents": "warmth"})
    text = texts_of(small)["ontology/treatments.ttl"]
    assert ("Reibung" in text, "kneading" in text) == (True, False)
    assert ":hasActiveSubstance ;" in text


def test_terms_are_named_as_people_name_them(small: Place) -> None:
    """A label or a synonym, in any case, stands for the term, also where it holds an `or`."""
    cells = {
        "injury": "Pull or tug",
        "factors present": "blood loss or Fever",
        "treatment": "Warmth",
    }
    _edit(small, "rules", "rubbing-early", cells)
    written = Grid.of(write_sheet(small, "rules")).by_id["rubbing-early"]
    assert (
        written["injury"],
        written["factors present"],
        written["treatment"],
    ) == ("pull", "bleeding or fever", "warmth")


def test_a_condition_can_be_edited_in_manchester_syntax(small: Place) -> None:
    """It is read however it is spaced and its terms are named; the layout orders its parts."""
    text = (
        "treatmentsituation and (proposes some warmth) and "
        "((hoursSinceOnset some xsd:decimal[>= 24]) or "
        "(forInjury some (Pull and hasGrade value 1)))"
    )
    _edit(small, "rules", "warmth-in-pull", {"condition": text})
    expected = (
        "TreatmentSituation and ((forInjury some (Pull and (hasGrade value 1))) or "
        "(hoursSinceOnset some xsd:decimal[>= 24])) and (proposes some Warmth)"
    )
    assert expected == Grid.of(write_sheet(small, "rules")).by_id["warmth-in-pull"]["condition"]


def test_a_rule_can_move_from_the_condition_to_plain_cells(small: Place) -> None:
    """A cleared condition and a treatment make a plain rule."""
    _edit(small, "rules", "warmth-in-pull", {"condition": "", "treatment": "warmth"})
    cells = Grid.of(write_sheet(small, "rules")).by_id["warmth-in-pull"]
    assert (cells["condition"], cells["treatment"]) == ("", "warmth")


def test_a_dry_run_tells_and_writes_nothing(small: Place) -> None:
    """The changes and the files are named, and no file is touched."""
    before = texts_of(small)
    grid = Grid.of(write_sheet(small, "rules")).edited("rubbing-early", {"confidence": "low"})
    outcome = read_sheet(small, grid.save(), dry_run=True)
    assert [(c.id, c.column, c.before, c.after) for c in outcome.changes] == [
        ("rubbing-early", "confidence", "high", "low")
    ]
    assert outcome.files == ("rules/contraindications/rubbing.ttl",)
    assert before == texts_of(small)


@pytest.mark.parametrize(
    "id", ["massage-strain-grade2-3-week", "recommend-massage-in-muscle-strain"]
)
def test_an_edit_of_a_shipped_rule_changes_few_lines(copied: Place, id: str) -> None:
    """A new confidence is one line of one file of the shipped knowledge."""
    assert [
        line.rpartition('"')[0].rpartition('"')[0] + '"'
        for line in _edit(copied, "rules", id, {"confidence": "low"})
    ] == ['-primum:confidence "', '+primum:confidence "']
