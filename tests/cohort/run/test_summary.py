"""The summary: its numbers are those of the answers, and its page needs nothing else."""

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pyarrow.compute as pc
import pyarrow.parquet as pq
from playwright.sync_api import Browser
from tests.cohort.run.conftest import MakeFile, RunFile

from primum.model.levels import Verdict
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.service import Primum


def test_the_numbers_of_an_audit_are_those_of_its_answers(make: MakeFile, run: RunFile) -> None:
    """Counted anew from the Parquet files and the input."""
    path = make("a.parquet", 2000)
    outcome = run(path)
    table, injuries = pq.read_table(outcome.output), pq.read_table(path)["injury"].to_pylist()
    counts = json.loads((outcome.output / "_summary.json").read_text())["counts"]
    rows = table.to_pylist()
    assert counts["verdicts"] == dict(Counter(row["verdict"] for row in rows))
    assert counts["rules"] == dict(Counter(row["rule"] for row in rows if row["rule"]))
    pairs = Counter((row["treatment"], row["verdict"]) for row in rows)
    assert pairs == {
        (t, v): n for t, found in counts["treatments"].items() for v, n in found.items()
    }
    pairs = Counter((injuries[row["row"] - 1], row["verdict"]) for row in rows)
    assert pairs == {(i, v): n for i, found in counts["injuries"].items() for v, n in found.items()}
    assert pc.sum(pc.is_valid(table["rule"])).as_py() == sum(counts["rules"].values()) > 100


def test_persons_count_alike_in_both_of_their_forms(make: MakeFile, run: RunFile) -> None:
    """Sets of treatments, and a row for each treatment, come to the same numbers."""
    path = make("p.parquet", 60, form=Rows.PERSON)
    compact, long = run(path), run(path, Options(long=True), into="long")
    assert compact.counts.treatments == long.counts.treatments
    assert compact.counts.injuries == long.counts.injuries
    assert compact.counts.answers == pq.read_table(long.output).num_rows


class _Attributes(HTMLParser):
    """All tags of a page, and what they refer to."""

    def __init__(self) -> None:
        """Nothing is found yet."""
        super().__init__()
        self.tags: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it would load."""
        self.tags.add(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "data", "srcset")]


def test_the_page_is_whole_and_warns(
    make: MakeFile, run: RunFile, primum: Primum, browser: Browser
) -> None:
    """No script, nothing to load, the notice, all verdicts; it fits a narrow screen."""
    page = run(make("a.csv", 300, faults=0.05)).output / "_summary.html"
    text, found = page.read_text(), _Attributes()
    found.feed(text)
    assert not found.tags & {"script", "link", "img", "iframe", "object"}
    assert not found.loaded
    assert "url(" not in text
    assert "@import" not in text
    assert primum.release.knowledge.notice in text
    assert "Silence of the rules is no approval" in text
    assert all(verdict.value in text for verdict in Verdict)
    assert "grade-invalid" in text
    for width in (320, 1280):
        view = browser.new_page(viewport={"width": width, "height": 800})
        view.goto(page.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        assert view.locator("h2").count() == 6
        assert view.locator("table:not(:has(thead th[scope=col]))").count() == 0
        view.close()


def test_the_summary_in_markdown_has_tables_and_charts(make: MakeFile, run: RunFile) -> None:
    """Every row of a table has as many cells as its head."""
    text = (run(make("a.csv", 300), summary="md").output / "_summary.md").read_text()
    assert text.count("```mermaid") == 2
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1
    assert "Silence of the rules is no approval" in text
