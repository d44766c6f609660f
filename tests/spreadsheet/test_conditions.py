"""Conditions survive the way through cells: plain columns, and Manchester syntax."""

from hypothesis import given
from hypothesis import strategies as st
from tests.spreadsheet.editing import Grid
from tests.strategies import FACTORS, INJURIES, TREATMENTS, VOCABULARY, conditions

from primum.foundation.names import Link, kebab, local_name
from primum.knowledge.compiler import Compiler
from primum.knowledge.locate import Place
from primum.model.expressions import Expression
from primum.model.manchester import manchester
from primum.model.naming import Names
from primum.model.spans import Cut, Span
from primum.model.terms import Term
from primum.use_cases.spreadsheet.conditions import cells_of, condition_of
from primum.use_cases.spreadsheet.known import read_known
from primum.use_cases.spreadsheet.numbers_in_cells import grades_text, read_grades
from primum.use_cases.spreadsheet.plain import Plain, expression_of, plain_of, unordered
from primum.use_cases.spreadsheet.reading_manchester import read_manchester
from primum.use_cases.spreadsheet.template import write_sheet


def _names(kind: str, iris: tuple[str, ...]) -> Names:
    """The names of made-up classes."""
    return Names(kind, [Term(iri, kebab(local_name(iri)), local_name(iri)) for iri in iris])


BY_PROPERTY = {
    Link.FOR_INJURY: _names("injury", INJURIES),
    Link.PROPOSES: _names("treatment", TREATMENTS),
    Link.HAS_FACTOR: _names("factor", FACTORS),
}
SITUATIONS = _names("window", tuple(VOCABULARY.situations))


@given(conditions())
def test_manchester_syntax_reads_back_as_it_was(condition: Expression) -> None:
    """Whatever the compiler reads can be written into a cell and read from it, part by part."""
    assert condition == read_manchester(manchester(condition), BY_PROPERTY, SITUATIONS)


def _some(iris: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the classes."""
    return st.lists(st.sampled_from(iris), max_size=most, unique=True).map(tuple)


def _spans() -> st.SearchStrategy[Span | None]:
    """Half-open spans, and none."""
    return st.none() | st.builds(
        lambda start, length: Span.half_open(start, None if length is None else start + length),
        st.integers(0, 99),
        st.none() | st.integers(1, 99),
    )


PLAIN = st.builds(
    Plain,
    treatments=_some(TREATMENTS),
    injuries=_some(INJURIES),
    grades=st.sampled_from((None, Span.at(2), Span(Cut(2)), Span(Cut(1), Cut(2, after=True)))),
    hours=_spans(),
    windows=_some(tuple(VOCABULARY.situations)),
    present=_some(FACTORS).map(lambda iris: tuple((iri,) for iri in iris)),
    absent=_some(FACTORS),
    ages=_spans(),
)


@given(PLAIN)
def test_a_plain_condition_is_found_to_be_plain(plain: Plain) -> None:
    """Columns give an expression that the same columns say."""
    assert plain == plain_of(expression_of(plain))


@given(conditions())
def test_plain_columns_never_say_something_else(condition: Expression) -> None:
    """A condition that columns can say compiles to the same regions from them."""
    plain = plain_of(condition)
    if plain is not None:
        compiler = Compiler(VOCABULARY)
        said = set(compiler.compile(expression_of(plain)))
        assert set(compiler.compile(condition)) == said


@given(st.sampled_from(("1", "3", "2 or more", "1 to 2", "1 to 3")))
def test_grades_read_back(text: str) -> None:
    """What a cell says of grades is written as it was."""
    assert text == grades_text(read_grades(text))


def test_every_shipped_rule_is_said_exactly_by_its_cells(place: Place) -> None:
    """The cells of each rule give back its condition, but for the order of its parts."""
    known = read_known(place)
    for condition in known.conditions.values():
        again = condition_of(known, cells_of(known, condition))
        assert unordered(condition) == unordered(again)


def test_most_shipped_rules_need_no_condition_column(place: Place) -> None:
    """A clinician reads rules in columns; Manchester syntax is for a handful."""
    rows = Grid.of(write_sheet(place, "rules")).by_id.values()
    written = [row["id"] for row in rows if row["condition"]]
    assert len(written) <= len(rows) // 50
