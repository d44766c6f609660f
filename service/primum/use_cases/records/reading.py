"""Reading JSON strictly: what is read is what was sent, or nothing is.

A number that is none, a member that stands twice, half a surrogate pair: each is refused, because
another reader might see another record. RFC 8259 leaves these to the reader; RFC 7493 forbids them.
"""

import json
import math
from typing import Any, Final, NoReturn

from primum.foundation.errors import UnreadableBody

MOST_DEPTH: Final = 32
Json = dict[str, Any]


def read_json(body: bytes) -> Any:
    """The document that a body spells; raises UnreadableBody with line and column."""
    text = _decoded(body)
    if text.count("[") + text.count("{") > MOST_DEPTH and _depth(text) > MOST_DEPTH:
        raise UnreadableBody(
            f"The body is nested more than {MOST_DEPTH} levels deep.",
            allowed=(f"up to {MOST_DEPTH} levels",),
        )
    try:
        document = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableBody(
            f"The body is no JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            found=_near(text, error.pos),
            allowed=("one JSON document (RFC 8259)",),
        ) from error
    if "\\u" in text:
        _demand_whole_characters(document)
    return document


def _decoded(body: bytes) -> str:
    """The text of a body in UTF-8."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise UnreadableBody(
            f"The body is not UTF-8: byte {error.start} cannot be read.", allowed=("UTF-8",)
        ) from error
    if text.startswith("\ufeff"):
        raise UnreadableBody(
            "The body begins with a byte order mark; send UTF-8 without one.", allowed=("UTF-8",)
        )
    return text


def _depth(text: str) -> int:
    """How deep brackets are nested, those in strings aside."""
    deepest = depth = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            quoted = escaped or letter != '"'
            escaped = not escaped and letter == "\\"
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _members(pairs: list[tuple[str, Any]]) -> Json:
    """An object; raises UnreadableBody where a member stands twice."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    raise UnreadableBody(
        f"The member {twice!r} stands more than once in one object.",
        found=twice,
        allowed=("each member once",),
    )


def _float(text: str) -> float:
    """A number with a fraction or an exponent."""
    number = float(text)
    if math.isinf(number):
        raise UnreadableBody(f"The number {_short(text)} is too large.", found=_short(text))
    return number


def _int(text: str) -> int:
    """A whole number; none that matters has more digits."""
    if len(text) > _MOST_DIGITS:
        raise UnreadableBody(f"The number {_short(text)} is too large.", found=_short(text))
    return int(text)


def _constant(text: str) -> NoReturn:
    """`NaN` and the infinities, which Python's reader would let pass."""
    raise UnreadableBody(f"{text} is no JSON number.", found=text, allowed=("a finite number",))


def _demand_whole_characters(document: Any) -> None:
    """Raise UnreadableBody where an escape is half a surrogate pair, which no text can hold."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise UnreadableBody(
            "The body has an escape that is half a surrogate pair.",
            allowed=("whole characters",),
        ) from error


def _near(text: str, position: int) -> str:
    """What stands at a position."""
    return text[position : position + _SHOWN]


def _short(text: str) -> str:
    """A number, shortened where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_MOST_DIGITS: Final = 100
_SHOWN: Final = 20
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_members, parse_float=_float, parse_int=_int, parse_constant=_constant
)
