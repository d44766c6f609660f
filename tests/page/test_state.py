"""The addresses of questions next to one: what a link sets, adds or leaves out."""

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from primum.use_cases.page.cards import Choice
from primum.web.page.state import State

NAMES = st.sampled_from(["injury", "grade", "day", "hours", "factor", "without", "age"])
STATES = st.lists(st.tuples(NAMES, st.text(min_size=1, max_size=8))).map(lambda p: State(tuple(p)))
DESIGN = State.read("injury=hamstring-strain&grade=2&day=3&factor=fever")


def test_fields_that_a_form_left_empty_are_not_given() -> None:
    """Nor is one that holds blanks alone."""
    given_by_form = MultiDict([("injury", " itbs "), ("grade", ""), ("day", "  "), ("factor", "")])
    assert State.of(given_by_form).pairs == (("injury", "itbs"),)


@given(STATES)
def test_the_query_string_says_the_same(state: State) -> None:
    """A state is read from what it writes."""
    assert State.read(state.query) == state


def test_one_time_excludes_another() -> None:
    """Hours take the place of a day, a day that of dates."""
    assert DESIGN.setting("hours", 60).query == (
        "injury=hamstring-strain&grade=2&factor=fever&hours=60"
    )
    dated = State.read("injury=itbs&onset=2026-11-19&at=2026-11-22")
    assert dated.setting("day", 3).query == "injury=itbs&day=3"


def test_a_factor_is_not_both_present_and_absent() -> None:
    """The last word on it counts, and others stay."""
    assert DESIGN.adding("without", "fever").many("factor") == ()
    assert DESIGN.adding("factor", "burn").many("factor") == ("fever", "burn")


def test_a_factor_can_be_left_out() -> None:
    """It alone."""
    both = DESIGN.adding("factor", "burn")
    assert both.without("factor", "fever").many("factor") == ("burn",)
    assert both.without("factor").many("factor") == ()


def test_choices_are_made_one_after_the_other() -> None:
    """Each sets or adds its parameter."""
    choices = (Choice("", "grade", "1"), Choice("", "factor", "Burn"), Choice("", "hours", "0"))
    assert DESIGN.choosing_all(choices).query == (
        "injury=hamstring-strain&factor=fever&grade=1&factor=Burn&hours=0"
    )


def test_the_second_question_has_a_prefix() -> None:
    """Each of two questions is read without the other."""
    both = State.read("injury=itbs&other-injury=acl-sprain&other-grade=1&other-factor=fever")
    assert both.prefixed("").query == "injury=itbs"
    assert both.prefixed("other-").query == "injury=acl-sprain&grade=1&factor=fever"
