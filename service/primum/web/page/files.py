"""The style, the script and the icon of the pages, served as files of our own."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from primum.web.negotiation import CSS, SCRIPT, SVG

_STATIC: Final = files("primum.web").joinpath("page", "static")
STATIC: Final[Mapping[str, str]] = {"page.css": CSS, "page.js": SCRIPT, "icon.svg": SVG}


def content(name: str) -> bytes:
    """The bytes of a file."""
    return _STATIC.joinpath(name).read_bytes()
