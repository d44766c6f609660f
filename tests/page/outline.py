"""A page as its outline: what stands in it and what it loads."""

import re
from html.parser import HTMLParser
from typing import Final

VOID: Final = {"meta", "link", "br", "hr", "img", "input"}
LOADED: Final = {"stylesheet", "icon"}


class Outline(HTMLParser):
    """What stands in a page: headings, ids, links, languages; raises where tags do not nest."""

    def __init__(self, text: str) -> None:
        """Read a whole page."""
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.scripts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= given.keys()
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.loaded += [given["href"]] if tag == "link" and given["rel"] in LOADED else []
        self.scripts += [given.get("src", "")] if tag == "script" else []

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self.open.pop() == tag
