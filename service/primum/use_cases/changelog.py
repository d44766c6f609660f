"""The changelog's part on the knowledge: what a release adds to it."""

from collections.abc import Iterator
from datetime import date

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import local_name
from primum.model.rules import Rule
from primum.use_cases.diffing.difference import Difference, Fate, RuleChange, Said
from primum.use_cases.diffing.wording import Wording

_UNRELEASED = "## [Unreleased]"
_KNOWLEDGE = "### Knowledge"


def entry(version: str, day: date, difference: Difference | None, noted: str) -> str:
    """The section of a release: what curators noted, and what moved since the last one."""
    lines = [f"## [Knowledge {version}] - {day.isoformat()}", "", _KNOWLEDGE, ""]
    lines += [noted, ""] if noted else []
    for title, points in _parts(difference) if difference is not None else ():
        lines += [f"#### {title}", "", *(f"- {point}" for point in points), ""]
    return "\n".join(lines).rstrip() + "\n"


def _parts(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    """The headings of a release with their points; those without points are left out."""
    words = Wording(difference)
    headlines = words.headlines(difference.comparison.moves)
    found = {
        "Verdicts that moved": [words.headline(one) for one in headlines],
        "Records refused or accepted otherwise": [
            words.refusal(one) for one in difference.comparison.refusals
        ],
        "Rules": [_rule(words, change) for change in difference.rules],
        "Terms": list(_terms(difference)),
    }
    yield from ((title, points) for title, points in found.items() if points)


def _rule(words: Wording, change: RuleChange) -> str:
    """A rule that changed, with the sources it rests on."""
    rule = change.new or change.old
    name = local_name(change.iri)
    if change.old is None or change.new is None:
        said = f"{name} was {'added' if change.old is None else 'removed'}"
    else:
        said = f"{name} now {words.rule_change(change.old, change.new)}{words.through(change.iri)}"
    return f"{said}{'' if rule is None else _sources(rule)}."


def _sources(rule: Rule) -> str:
    """The sources of a rule, each with its place in it."""
    cited = [f"{one.source.id}, {one.locator}".removesuffix(", ") for one in rule.citations]
    return f" (source: {'; '.join(cited)})" if cited else ""


def _terms(difference: Difference) -> Iterator[str]:
    """The terms that were added, retired or removed, and how many changed in their texts."""
    rules = {change.iri for change in difference.rules}
    for fate, word in ((Fate.ADDED, "Added"), (Fate.RETIRED, "Retired"), (Fate.REMOVED, "Removed")):
        names = [_name(s) for s in difference.said if s.fate is fate and s.subject not in rules]
        if names:
            yield f"{word}: {', '.join(names)}."
    changed = [
        _name(said)
        for said in difference.said
        if said.fate is Fate.CHANGED and said.subject and said.subject not in rules
    ]
    if changed:
        yield f"Changed in text, synonyms, sources or axioms: {', '.join(changed)}."


def _name(said: Said) -> str:
    """A subject by the end of its IRI."""
    return said.subject.rpartition("/")[2]


def with_entry(changelog: str, version: str, day: date, difference: Difference | None) -> str:
    """The changelog with the section of a release, into which goes what was unreleased so far."""
    head, noted, rest = _taken(changelog)
    section = entry(version, day, difference, noted)
    return (
        f"{head}{rest.rstrip()}\n\n{section}" if _next(rest) < 0 else _inserted(head, rest, section)
    )


def _taken(changelog: str) -> tuple[str, str, str]:
    """A changelog up to its unreleased notes on the knowledge, these notes, and the rest."""
    start = changelog.find(_UNRELEASED)
    begins = changelog.find(_KNOWLEDGE, start)
    if start < 0 or begins < 0:
        raise UnreadableFile(f"CHANGELOG.md has no `{_UNRELEASED}` with a `{_KNOWLEDGE}` part.")
    begins += len(_KNOWLEDGE)
    ends = min((at for at in _headings(changelog, begins)), default=len(changelog))
    return changelog[:begins], changelog[begins:ends].strip(), f"\n\n{changelog[ends:]}"


def _headings(text: str, start: int) -> list[int]:
    """Where the next headings of releases and parts begin."""
    found = [text.find(mark, start) for mark in ("\n## ", "\n### ")]
    return [at + 1 for at in found if at >= 0]


def _next(rest: str) -> int:
    """Where the next release begins in what follows the unreleased notes."""
    return rest.find("\n## ")


def _inserted(head: str, rest: str, section: str) -> str:
    """A section before the next release."""
    at = _next(rest) + 1
    return f"{head}{rest[:at]}{section}\n{rest[at:]}"
