"""`primum diff` and `primum release` as curators run them, in a repository of their own."""

import json
import subprocess
from pathlib import Path
from shutil import copytree, which
from typing import Any

import pytest
from tests.cli.test_cli import refused, run
from tests.conftest import CopyKnowledge
from tests.diffing.edits import BOUND, LABEL, MASSAGE, UNSEEDED_BOUND

from primum.knowledge.locate import Place
from primum.use_cases.build import build
from primum.use_cases.diffing import Reader
from primum.use_cases.releasing import last_release

RULE = "MassageStrainGrade2To3Week"


def git(folder: Path, *arguments: str) -> None:
    """A git command that must end well."""
    program = which("git")
    assert program is not None
    who = ("-c", "user.name=A curator", "-c", "user.email=curator@example.org")
    subprocess.run([program, "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(copy_knowledge: CopyKnowledge, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A repository with a committed and tagged release; one bound was edited since."""
    root = tmp_path_factory.mktemp("repository") / "checkout"
    copytree(copy_knowledge().root, root)
    place = Place(root)
    build(place)
    copytree(place.release, root.parent / "released")
    git(root, "init", "--quiet")
    git(root, "add", "ontology", "rules", "queries")
    git(root, "commit", "--quiet", "-m", "The first release")
    git(root, "tag", "knowledge-0.1.0")
    git(root, "tag", "knowledge-draft")
    BOUND.make(place)
    build(place)
    return place


@pytest.fixture(scope="module")
def since_head(repository: Place) -> Any:
    """What the edit that is not committed changes, as JSON."""
    return printed(repository, "HEAD")


def printed(place: Place, *arguments: str) -> Any:
    """The JSON that a diff in a repository prints."""
    found = run("diff", *arguments, "--json", PRIMUM_KNOWLEDGE=str(place.root))
    assert (found.returncode, found.stderr) == (0, "")
    return json.loads(found.stdout)


def test_a_revision_is_compared_with_what_stands(since_head: Any) -> None:
    """The answers that an uncommitted edit moves, with the rule and a record to try."""
    found = since_head
    assert found["step"] == "major"
    assert {RULE} == {edit["rule"] for move in found["answers"] for edit in move["because"]}
    assert [change["rule"] for change in found["rules"]] == [RULE]
    move = next(m for m in found["answers"] if not m["withSomeOf"] and m["grades"] == [2, 3])
    assert (
        move["from"]["verdict"],
        move["to"]["verdict"],
    ) == ("relatively-contraindicated", "ruled-out")
    assert move["hours"] == [{"from": 120, "until": 168}]


def test_the_witness_is_a_command_that_shows_the_new_answer(
    repository: Place, since_head: Any
) -> None:
    """Run as printed, it answers as the diff says."""
    move = since_head["answers"][0]
    command = move["witness"]["ask"].split()
    assert command[:2] == ["primum", "ask"]
    answer = run(*command[1:], "--json", PRIMUM_KNOWLEDGE=str(repository.root))
    (treatment,) = json.loads(answer.stdout)["treatments"]
    assert move["to"]["verdict"] == treatment["verdict"]
    assert move["to"]["certain"] == treatment["level"]["certain"]


def test_a_release_and_a_revision_of_the_same_files_differ_in_nothing(repository: Place) -> None:
    """A version is what it says, wherever it stands."""
    found = printed(repository, str(repository.root.parent / "released"), "knowledge-0.1.0")
    assert found["summary"] == "Nothing differs."
    assert not any(found[part] for part in ("answers", "rules", "terms", "refusals", "shapes"))


def test_a_file_stands_in_place_of_the_one_of_its_ontology(
    repository: Place, tmp_path: Path
) -> None:
    """Two states of one file are compared within the knowledge as it stands."""
    file = tmp_path / "any-name.ttl"
    file.write_bytes((repository.root / LABEL.path).read_bytes())
    text = file.read_text(encoding="utf-8")
    file.write_text(LABEL.change(text), encoding="utf-8")
    found = printed(repository, str(file))
    assert found["step"] == "patch"
    assert [one["term"] for one in found["terms"]] == ["https://w3id.org/primum/HamstringStrain"]


def test_exit_code_tells_whether_answers_moved(repository: Place) -> None:
    """As git has it: asked for, 1 means that something moved."""
    here = {"PRIMUM_KNOWLEDGE": str(repository.root)}
    released = str(repository.root.parent / "released")  # which is read, not compiled
    assert run("diff", released, **here).returncode == 0
    assert run("diff", released, "--exit-code", **here).returncode == 1
    assert run("diff", released, released, "--exit-code", **here).returncode == 0


def test_markdown_is_for_pull_requests(repository: Place) -> None:
    """Headings, bullets, and the command of a witness as code."""
    found = run("diff", "HEAD", "--format", "markdown", PRIMUM_KNOWLEDGE=str(repository.root))
    lines = found.stdout.splitlines()
    assert lines[0].startswith("## What this changes: HEAD (0.1.0) → the knowledge as it stands")
    assert "### Answers that moved" in lines
    assert any(line.startswith("  - `primum ask --injury ") for line in lines)


@pytest.mark.parametrize("wrong", ["no-such-revision", "--", "HEAD:rules", "/nowhere/at/all"])
def test_what_is_no_version_is_wrong_use(repository: Place, wrong: str) -> None:
    """The message lists what may stand there."""
    arguments = ("diff", "--", wrong) if wrong != "--" else ("diff",)
    said = refused(*arguments, PRIMUM_KNOWLEDGE=str(repository.root))
    assert "git revision" in said or "Missing argument" in said


def test_a_file_of_another_ontology_is_wrong_use(repository: Place, tmp_path: Path) -> None:
    """A file that no file of the knowledge corresponds to cannot stand in place of one."""
    file = tmp_path / "other.ttl"
    file.write_text("<urn:x> a <http://www.w3.org/2002/07/owl#Ontology> .", encoding="utf-8")
    assert "urn:x" in refused("diff", str(file), PRIMUM_KNOWLEDGE=str(repository.root))


def test_the_last_release_is_the_highest_tag(repository: Place) -> None:
    """Other tags are passed over; outside a repository there is none."""
    assert last_release(repository) == "knowledge-0.1.0"
    assert last_release(Place(repository.root.parent)) == ""


def test_files_of_one_content_are_compiled_once(repository: Place) -> None:
    """Two names of the same files give one version under two names."""
    reader = Reader(repository)
    one, other = reader.read("HEAD"), reader.read("knowledge-0.1.0")
    assert one.knowledge is other.knowledge
    assert (one.name, other.name) == ("HEAD", "knowledge-0.1.0")


@pytest.mark.slow
def test_release_states_the_version_that_its_consequences_demand(
    repository: Place, tmp_path: Path
) -> None:
    """A dry run writes nothing; a small version is refused; the release is whole."""
    root = tmp_path / "checkout"
    copytree(repository.root, root)
    git(root, "checkout", "--", MASSAGE)
    UNSEEDED_BOUND.make(Place(root))
    here = {"PRIMUM_KNOWLEDGE": str(root)}
    before = (root / "ontology/primum.ttl").read_bytes()
    dry = run("release", "--dry-run", "--json", **here)
    assert dry.returncode == 0, dry.stderr
    assert (
        dry.returncode,
        json.loads(dry.stdout)["version"],
        json.loads(dry.stdout)["files"],
    ) == (0, "1.0.0", [])
    assert before == (root / "ontology/primum.ttl").read_bytes()
    small = run("release", "--version", "0.2.0", **here)
    assert small.returncode == 2
    assert "at least 1.0.0" in small.stderr
    made = run("release", "-o", str(tmp_path / "out"), **here)
    assert made.returncode == 0, made.stderr
    assert 'owl:versionInfo "1.0.0"' in (root / "ontology/primum.ttl").read_text(encoding="utf-8")
    assert "git tag knowledge-1.0.0" in made.stdout
    out = tmp_path / "out"
    assert json.loads((out / "release/manifest.json").read_text())["version"] == "1.0.0"
    forms = {"primum.ttl", "primum.owl", "primum.jsonld", "primum.obographs.json", "kgx"}
    assert {*forms, "release"} == {path.name for path in out.iterdir()}
