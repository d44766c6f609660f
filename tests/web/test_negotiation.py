"""Content negotiation: which media type a request asks for."""

import pytest

from primum.web.negotiation import JSON, TURTLE, best


@pytest.mark.parametrize(
    ("expected", "accept"),
    [
        (JSON, []),
        (JSON, [("*/*", 1)]),
        (TURTLE, [("text/turtle", 1), ("*/*", 1)]),
        (JSON, [("text/turtle", 0.5), ("application/*", 0.6)]),
        (TURTLE, [("application/json", 0), ("*/*", 1)]),
        (TURTLE, [("TEXT/Turtle;charset=utf-8", 1)]),
        (None, [("application/json", 0), ("text/*", 0)]),
        (None, [("image/png", 1)]),
    ],
)
def test_the_type_wanted_most_is_chosen(
    expected: str | None, accept: list[tuple[str, float]]
) -> None:
    """Qualities count, the most specific range decides, and zero excludes."""
    assert best(accept, (JSON, TURTLE)) == expected
