"""Percent-encoding is taken off as the standard has it, whatever the text."""

from urllib.parse import quote_from_bytes, unquote_to_bytes

from hypothesis import given
from hypothesis import strategies as st

from primum.web.escapes import unescaped

_TANGLED = st.lists(st.sampled_from([b"%", b"4", b"1", b"F", b"g", b"%41", b"+"])).map(b"".join)


@given(st.binary())
def test_what_was_escaped_comes_back(text: bytes) -> None:
    """Every byte."""
    assert text == unescaped(quote_from_bytes(text, safe="").encode())


@given(_TANGLED | st.binary())
def test_it_is_what_the_standard_library_finds(text: bytes) -> None:
    """A sign that begins no escape is left, so is what follows it."""
    assert unquote_to_bytes(text) == unescaped(text)
