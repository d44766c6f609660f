"""The accepted findings of the shipped rules, and the table of them in rules/README.md."""

from primum.knowledge.locate import Place
from primum.use_cases.checks.accepted import Entry, read_entries
from primum.use_cases.checks.rule_base import CODES
from primum.use_cases.service import Primum

HEAD = "| finding | of | beside | reason |"


def row(entry: Entry) -> str:
    """An entry as a row of the table."""
    others = ", ".join(f"`{other}`" for other in entry.others) or "alone"
    return f"| `{entry.code}` | `{entry.term}` | {others} | {entry.reason} |"


def test_the_readme_shows_what_is_accepted(place: Place) -> None:
    """The table in rules/README.md is that of `accepted.toml`, row by row."""
    lines = (place.rules / "README.md").read_text(encoding="utf-8").splitlines()
    start = lines.index(HEAD) + 2
    shown = lines[start : lines.index("", start)]
    assert [row(entry) for entry in read_entries(place)] == shown


def test_entries_name_rules_factors_sources_and_codes_that_there_are(
    place: Place, primum: Primum
) -> None:
    """An entry is about terms of the knowledge, and the sources that its reason names are cited."""
    knowledge = primum.release.knowledge
    cited = {rule.id: {c.source.id for c in rule.citations} for rule in knowledge.rules}
    known = cited.keys() | {term.id for term in knowledge.factors}
    every = set[str]().union(*cited.values())
    for entry in read_entries(place):
        assert entry.code in CODES
        assert {entry.term, *entry.others} <= known
        words = {word.strip("(),.;:`") for word in entry.reason.split()}
        about = set[str]().union(*(cited.get(each, set()) for each in (entry.term, *entry.others)))
        assert words & every <= about


def test_the_readme_names_every_code(place: Place) -> None:
    """A reader finds what each code says in rules/README.md."""
    text = (place.rules / "README.md").read_text(encoding="utf-8")
    assert not [code for code in CODES if f"`{code}`" not in text]
