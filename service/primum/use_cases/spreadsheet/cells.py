"""What stands in a cell: text as it is compared, and lists of several things in one cell."""

import re
from collections.abc import Iterable
from typing import Final

_STRAIGHT: Final = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\ufeff": "",
    }
)
_FORMULA: Final = ("=", "+", "-", "@", "\t")
_PARTING: Final = re.compile(r"(?<!\\)\|")


def tidy(text: str) -> str:
    """A cell without what spreadsheet programs put in by themselves.

    Quotation marks are straight, spaces plain, lines end one way, and nothing blank stands around.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_STRAIGHT).strip()


def guarded(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula: a space goes before `=` and `@`."""
    return f" {text}" if text.startswith(_FORMULA) else text


def joined(parts: Iterable[str]) -> str:
    """Several things in one cell, ` | ` between them; a bar inside one has a backslash."""
    return " | ".join(part.replace("|", "\\|") for part in parts)


def parted(text: str) -> list[str]:
    """The things in a cell, each once, in the order they come."""
    parts = (part.replace("\\|", "|").strip() for part in _PARTING.split(text))
    return list(dict.fromkeys(part for part in parts if part))
