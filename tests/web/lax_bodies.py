"""JSON that a lenient reader would take, or choke on, with what must come of it."""

from typing import Final, NamedTuple

from tests.web.posting import AT_72_HOURS, JSON, JSON_LD, ONSET, encoded, strain

from primum.foundation.names import CONTEXT


class Lax(NamedTuple):
    """A body, and what it is answered with; `kind` is None where it is an assessment."""

    name: str
    body: bytes
    status: int
    kind: str | None
    media_type: str = JSON


def _grade(value: str) -> bytes:
    """A record with a grade as it is spelled."""
    return b'{"injury": {"type": "HamstringStrain", "grade": %s}}' % value.encode()


def _age(value: str) -> bytes:
    """A record with an age as it is spelled."""
    return b'{"injury": {"type": "ITBS"}, "patient": {"age": %s}}' % value.encode()


def _id(value: bytes) -> bytes:
    """A record with an id as it is spelled."""
    return b'{"id": %s, "injury": {"type": "ITBS"}}' % value


def _linked(context: str) -> bytes:
    """A record as JSON-LD with a context as it is spelled."""
    return b'{"@context": %s, "injury": {"type": "ITBS"}}' % context.encode()


def _deep(levels: int) -> bytes:
    """A record with a member nested so many levels deep, the record itself being the first."""
    return b'{"injury": {"type": "ITBS"}, "deep": %s}' % (b"[" * (levels - 1) + b"]" * (levels - 1))


_UNREADABLE: Final = (400, "unreadable-body")
_INVALID: Final = (422, "invalid-record")
_FINE: Final = (200, None)
_INSIDE: Final = b'{"injury": {"type": "ITBS"}, "patient": {"factors": {"present": []}}}'
_REMOTE: Final = "https://example.org/context.jsonld"

NUMBERS: Final = (
    *(Lax(f"grade {v}", _grade(v), *_INVALID) for v in ("false", "true", '"2"', '""', "0", "-1")),
    *(
        Lax(f"grade {v}", _grade(v), *_INVALID)
        for v in ("2.5", "4", "1e300", "[2, 3]", "{}", "-0.5")
    ),
    *(Lax(f"grade {v}", _grade(v), *_FINE) for v in ("2.0", "2e0", "[2]", "null")),
    *(Lax(f"age {v}", _age(v), *_INVALID) for v in ("false", "true", '"24"', "-1", "121", "24.5")),
    *(Lax(f"age {v}", _age(v), *_INVALID) for v in ("1e300", "1e21", "123456789012345678901234")),
    *(Lax(f"grade {v}", _grade(v), *_UNREADABLE) for v in ("NaN", "Infinity", "-Infinity")),
    *(
        Lax(f"grade {v}", _grade(v), *_UNREADABLE)
        for v in ("1e400", "-1e400", "02", "+2", "0x2", ".2")
    ),
    *(
        Lax(f"grade {v}", _grade(v), *_UNREADABLE)
        for v in ("2.", "2_0", "\uff12", "\u0662", "2L", "True")
    ),
    Lax("grade 10^5000", _grade("1" + "0" * 5000), *_UNREADABLE),
    Lax("grade -10^5000", _grade("-1" + "0" * 5000), *_UNREADABLE),
    Lax("grade of 999,000 digits", _grade("1" * 999_000)[:999_999], *_UNREADABLE),
    Lax("grade with exponent of 5,000 digits", _grade("1e" + "9" * 5000), *_UNREADABLE),
    Lax("grade with 100,000 decimals", _grade("2." + "0" * 100_000), *_FINE),
)
STRUCTURE: Final = (
    Lax("member twice in the record", b'{"injury": {"type": "ITBS"}, "injury": {}}', *_UNREADABLE),
    Lax("member twice in the injury", _grade('2, "grade": 3'), *_UNREADABLE),
    Lax("same member twice", _grade('2, "grade": 2'), *_UNREADABLE),
    Lax("member twice by escape", _grade('2, "gr\\u0061de": 3'), *_UNREADABLE),
    Lax("member twice in a list", _INSIDE.replace(b"[]", b'[{"a": 1, "a": 2}]'), *_UNREADABLE),
    Lax("member twice in the factors", _INSIDE.replace(b"[]", b'[], "present": []'), *_UNREADABLE),
    Lax("context twice", _linked(f'"{CONTEXT}", "@context": "{CONTEXT}"'), *_UNREADABLE),
    Lax("nested 32 deep", _deep(32), *_FINE),
    Lax("nested 33 deep", _deep(33), *_UNREADABLE),
    Lax("nested 1,000 deep", _deep(1000), *_UNREADABLE),
    Lax("nested 100,000 deep", _deep(100_000), *_UNREADABLE),
    Lax("nested 100,000 deep and never closed", b"[" * 100_000, *_UNREADABLE),
    Lax("objects nested 100,000 deep", b'{"a":' * 100_000, *_UNREADABLE),
    Lax("array of a record", encoded([strain()]), *_INVALID),
    Lax("array", b"[]", *_INVALID),
    Lax("text", b'"HamstringStrain"', *_INVALID),
    Lax("number", b"2", *_INVALID),
    Lax("null", b"null", *_INVALID),
    Lax("two documents", encoded(strain()) * 2, *_UNREADABLE),
    Lax("two documents with a comma", b"{},{}", *_UNREADABLE),
    Lax("trailing comma", b'{"injury": {"type": "ITBS",}}', *_UNREADABLE),
    Lax("line comment", b'{"injury": {"type": "ITBS"}} // sure', *_UNREADABLE),
    Lax("block comment", b'{"injury": /* sure */ {"type": "ITBS"}}', *_UNREADABLE),
    Lax("single quotes", b"{'injury': {'type': 'ITBS'}}", *_UNREADABLE),
    Lax("bare members", b'{injury: {type: "ITBS"}}', *_UNREADABLE),
    Lax("a guard in front", b")]}',\n" + encoded(strain()), *_UNREADABLE),
)
TEXTS: Final = (
    Lax("byte order mark", b"\xef\xbb\xbf" + encoded(strain()), *_UNREADABLE),
    Lax("UTF-16", encoded(strain()).decode().encode("utf-16"), *_UNREADABLE),
    Lax("UTF-32", encoded(strain()).decode().encode("utf-32-le"), *_UNREADABLE),
    Lax("UTF-7", b"{+ACI-injury+ACI-: {}}", *_UNREADABLE),
    Lax("Latin-1", _id('"é"'.encode("latin-1")), *_UNREADABLE),
    Lax("overlong UTF-8", _id(b'"\xc0\xaf"'), *_UNREADABLE),
    Lax("surrogate in UTF-8", _id(b'"\xed\xa0\x80"'), *_UNREADABLE),
    Lax("high surrogate alone", _id(b'"\\ud800"'), *_UNREADABLE),
    Lax("low surrogate alone", _id(b'"\\udc00 x"'), *_UNREADABLE),
    Lax("surrogates the wrong way round", _id(b'"\\udc00\\ud800"'), *_UNREADABLE),
    Lax("surrogate alone as a member", b'{"\\ud800": 1, "injury": {"type": "ITBS"}}', *_UNREADABLE),
    Lax("surrogate pair", _id(b'"\\ud83d\\ude00"'), *_FINE),
    Lax("NUL as an escape", _id(b'"a\\u0000b"'), *_FINE),
    Lax("NUL as it is", _id(b'"a\x00b"'), *_UNREADABLE),
    Lax("NUL between tokens", b'{"injury":\x00{"type": "ITBS"}}', *_UNREADABLE),
    Lax("NUL after the end", encoded(strain()) + b"\x00", *_UNREADABLE),
    Lax("control character", _id(b'"a\x1fb"'), *_UNREADABLE),
    Lax("line break in a text", _id(b'"a\nb"'), *_UNREADABLE),
    Lax("unknown escape", _id(b'"\\x41"'), *_UNREADABLE),
    Lax("no-break space between tokens", b'{"injury":\xc2\xa0{"type": "ITBS"}}', *_UNREADABLE),
    Lax("id of 900,000 letters", _id(b'"%s"' % (b"x" * 900_000)), *_INVALID),
    Lax("name of 100,000 letters", _grade("2").replace(b"Hamstring", b"h" * 100_000), *_INVALID),
    Lax(
        "member of 10,000 letters",
        b'{"%s": 1, "injury": {"type": "ITBS"}}' % (b"k" * 10_000),
        *_FINE,
    ),
    Lax("__proto__", b'{"__proto__": {"injury": 1}, "injury": {"type": "ITBS"}}', *_FINE),
    Lax("constructor as a type", b'{"injury": {"type": "__class__"}}', *_INVALID),
    Lax("template as an id", _id(b'"{{7*7}}${7*7}%s<script>"'), *_FINE),
    Lax(
        "date with a NUL",
        _grade("2").replace(b"2}", b'2, "onset": "%s\\u0000"}' % ONSET.encode()),
        *_INVALID,
    ),
    Lax("path as a name", b'{"injury": {"type": "../../etc/passwd"}}', *_INVALID),
    Lax(
        "null in every place", b'{"id": null, "injury": {"type": null}, "patient": null}', *_INVALID
    ),
    Lax("date of another kind", encoded(strain(at=AT_72_HOURS.lower())), *_INVALID),
)
CONTEXTS: Final = (
    *(
        Lax(f"context {value}", _linked(value), *_UNREADABLE, media_type)
        for value in (
            f'"{_REMOTE}"',
            f'["{_REMOTE}"]',
            f'["{CONTEXT}", "{_REMOTE}"]',
            f'{{"@import": "{_REMOTE}"}}',
            f'{{"@import": "{CONTEXT}"}}',
            '"file:///etc/passwd"',
            '"case.jsonld"',
            f'{{"injury": {{"@id": "primum:injury", "@context": "{_REMOTE}"}}}}',
            '{"@version": 1.0}',
            f'[["{CONTEXT}"]]',
            "3",
        )
        for media_type in (JSON, JSON_LD)
    ),
    Lax(
        "context beneath the record",
        b'{"injury": {"@context": "%s", "type": "ITBS"}}' % _REMOTE.encode(),
        *_UNREADABLE,
        JSON_LD,
    ),
    *(
        Lax(f"context of ours as {value}", _linked(value), *_FINE, media_type)
        for value in (f'"{CONTEXT}"', f'["{CONTEXT}"]', f'[null, "{CONTEXT}"]')
        for media_type in (JSON, JSON_LD)
    ),
    Lax("context that is nothing", _linked("null"), *_UNREADABLE, JSON_LD),
    Lax(
        "@id loop",
        b'{"@context": "%s", "@id": "_:a", "injury": {"@id": "_:a", "type": "ITBS"}}'
        % CONTEXT.encode(),
        *_FINE,
        JSON_LD,
    ),
    Lax(
        "@id loop of the treatments",
        _linked(f'"{CONTEXT}", "@id": "_:a", "treatments": {{"@id": "_:a"}}'),
        *_INVALID,
        JSON_LD,
    ),
    Lax("@graph nested 1,000 deep", b'{"@graph": [' * 1000 + b"]}" * 1000, *_UNREADABLE, JSON_LD),
    Lax("@graph nested 15 deep", b'{"@graph": [' * 15 + b"]}" * 15, *_UNREADABLE, JSON_LD),
    Lax(
        "context that refers to itself",
        _linked('{"a": {"@id": "a:a"}, "b": {"@id": "c"}, "c": {"@id": "b"}}'),
        *_UNREADABLE,
        JSON_LD,
    ),
)
BODIES: Final = (*NUMBERS, *STRUCTURE, *TEXTS, *CONTEXTS)
