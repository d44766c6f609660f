"""Release: the next version by its consequences, stated where it must be, and its artefacts."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from primum.foundation.errors import InvalidValue, KnowledgeError
from primum.foundation.names import ONTOLOGY, OWL
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place
from primum.knowledge.release import write_release
from primum.model.remarks import Severity
from primum.use_cases.build import build
from primum.use_cases.changelog import entry, with_entry
from primum.use_cases.checks import Report
from primum.use_cases.diffing import Difference, Reader, Step, difference
from primum.use_cases.diffing.versions import git
from primum.use_cases.exporting import FORMS, export

TAG = "knowledge-"
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_INFO = re.compile(r'(owl:versionInfo\s+")[^"]*(")')
_IRI = re.compile(rf"(owl:versionIRI\s+<{re.escape(ONTOLOGY)}/)[^>]*(>)")
_EMPTY = "# Changelog\n\n## [Unreleased]\n\n### Knowledge\n"
_FORMS = ("turtle", "rdfxml", "jsonld", "obograph", "kgx")
Number = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """A release to be made: its version, what it differs in, and the files it changes.

    `last` names the last release, "" where there is none; `entry` is what the changelog gains.
    """

    version: str
    last: str
    step: Step
    difference: Difference | None
    entry: str
    files: dict[Path, str]


def last_release(here: Place) -> str:
    """The git tag of the last release of the knowledge, "" where there is none."""
    try:
        tags = git(here, "tag", "--list", f"{TAG}*", "--merged", "HEAD").decode().split()
    except InvalidValue:
        return ""
    numbered = [tag for tag in tags if _VERSION.fullmatch(tag.removeprefix(TAG))]
    return max(numbered, key=lambda tag: read_number(tag.removeprefix(TAG)), default="")


def plan(here: Place, report: Report, *, since: str = "", stated: str = "", day: date) -> Plan:
    """The release of the knowledge as it stands; nothing is written.

    `report` is what `primum check` finds, `since` names the last release, the last tag if left
    out; `stated` is the version wanted. Raises KnowledgeError where the knowledge has errors or
    nothing differs, and InvalidValue for a version smaller than its consequences demand.
    """
    _refuse_errors(report)
    last, reader = since or last_release(here), Reader(here)
    found = difference(reader.read(last), reader.read("")) if last else None
    root = here.ontology / "primum.ttl"
    text = root.read_text(encoding="utf-8")
    version = _version(found, stated, _stated_in(text))
    changelog = here.root / "CHANGELOG.md"
    noted = changelog.read_text(encoding="utf-8") if changelog.is_file() else _EMPTY
    return Plan(
        version=version,
        last=last,
        step=found.step if found is not None else Step.NONE,
        difference=found,
        entry=entry(version, day, found, ""),
        files={
            root: with_version(text, version),
            changelog: with_entry(noted, version, day, found),
        },
    )


def _refuse_errors(report: Report) -> None:
    """Refuse to release knowledge in which checks find errors."""
    errors = report.of(Severity.ERROR)
    if errors:
        first = "\n".join(f"  {remark.sentence}" for remark in errors[:5])
        raise KnowledgeError(f"`primum check` finds {len(errors)} errors:\n{first}")


def _stated_in(root: str) -> str:
    """The version that the root ontology states."""
    found = _INFO.search(root)
    return "" if found is None else found[0].split('"')[1]


def _version(found: Difference | None, stated: str, current: str) -> str:
    """The version to release: the one that is stated, if it is no smaller than it must be."""
    if found is None:
        read_number(stated or current)
        return stated or current
    if found.is_empty:
        raise KnowledgeError(f"Nothing differs from {found.old.name}: there is nothing to release.")
    least = stepped(read_number(found.old.knowledge.edition.version), found.step)
    if not stated:
        return spelled(least)
    if read_number(stated) < least:
        raise InvalidValue(
            f"The version {stated} is too small: what changed since {found.old.name} is "
            f"{found.step.word}, so that it is at least {spelled(least)}.",
            where="version",
            found=stated,
            allowed=(spelled(least),),
        )
    return stated


def read_number(version: str) -> Number:
    """A version as three numbers; raises InvalidValue for anything else."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise InvalidValue(
            f"{version!r} is no version; one is three numbers with dots, such as 1.0.0.",
            where="version",
            found=version,
        )
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


def spelled(number: Number) -> str:
    """Three numbers as a version."""
    return ".".join(map(str, number))


def stepped(number: Number, step: Step) -> Number:
    """The next version by a step."""
    major, minor, patch = number
    match step:
        case Step.MAJOR:
            return major + 1, 0, 0
        case Step.MINOR:
            return major, minor + 1, 0
        case Step.PATCH:
            return major, minor, patch + 1
    return number


def with_version(root: str, version: str) -> str:
    """The text of the root ontology, with the version as its info and in its version IRI."""
    found = root
    for pattern in (_INFO, _IRI):
        found, count = pattern.subn(rf"\g<1>{version}\g<2>", found, count=1)
        if not count:
            raise KnowledgeError(f"ontology/primum.ttl states no {OWL}versionInfo or versionIRI.")
    return normalised(found, name="ontology/primum.ttl")


def write(made: Plan) -> list[Path]:
    """Write what a plan changes; the files that were written."""
    for path, text in made.files.items():
        path.write_text(text, encoding="utf-8")
    return list(made.files)


def artefacts(here: Place, folder: Path) -> list[Path]:
    """Build the release, and write it and its other forms into a folder; the files written.

    The release itself goes into a folder of its own there, `release`.
    """
    manifest = build(here)
    content = (here.release / manifest.dataset).read_bytes()
    named = write_release(folder / "release", manifest, content)
    written = [folder / "release" / name for name in ("manifest.json", named.dataset)]
    for form in _FORMS:
        names = FORMS[form].files
        path = folder / (names[0] if len(names) == 1 else form)
        written += export(here, form, path)
    return written
