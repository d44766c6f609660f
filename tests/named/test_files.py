"""A file is all it takes for a question, and a broken one is refused with its line."""

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.named.asking import FOLDER, NAMES

from primum.foundation.errors import UnreadableFile
from primum.use_cases.named.files import read_query
from primum.use_cases.named.header import USERS
from primum.use_cases.named.query import Form, NamedQuery
from primum.use_cases.named.questions import Questions

Read = Callable[[str], NamedQuery]
GOOD = """\
# title: Sites of an injury
# question: Where does this injury sit?
# about: One row for each site,
#   with its label.
# users: clinicians, researchers
# param injury (injury, hamstring-strain): the injury
# param finding (finding*, bruising, swelling): findings that are there
# param grade (grade?, 2): its grade
PREFIX primum: <https://w3id.org/primum/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

SELECT ?site ?label
WHERE {
  VALUES ?injury { primum:HamstringStrain }
  VALUES ?finding { primum:Bruising primum:Swelling }
  VALUES ?grade { rdf:nil }
  VALUES (?kind) { (primum:Knee) }
  ?injury primum:hasSite ?site .
  ?site ?kind ?label
}
ORDER BY ?site
"""


@pytest.fixture
def read(questions: Questions, tmp_path: Path) -> Read:
    """Reads a text as if it stood in a file."""

    def as_file(text: str) -> NamedQuery:
        """The question in the text."""
        path = tmp_path / "sites.rq"
        path.write_text(text, encoding="utf-8")
        return read_query(path, questions.reader)

    return as_file


def test_a_good_file_is_read(read: Read) -> None:
    """Everything that the header says, and the columns of the query."""
    found = read(GOOD)
    assert (found.name, found.title) == ("sites", "Sites of an injury")
    assert found.question == "Where does this injury sit?"
    assert found.about == "One row for each site, with its label."
    assert found.users == ("clinicians", "researchers")
    assert (found.form, found.columns) == (Form.SELECT, ("site", "label"))
    injury, finding, grade = found.parameters
    assert (injury.name, injury.type, injury.example) == ("injury", "injury", "hamstring-strain")
    assert injury.meaning == "the injury"
    assert (injury.optional, injury.repeatable) == (False, False)
    assert (finding.optional, finding.repeatable) == (True, True)
    assert finding.examples == ("bruising", "swelling")
    assert (grade.optional, grade.repeatable) == (True, False)


def test_a_list_that_is_no_parameter_stands_in_brackets(read: Read) -> None:
    """`VALUES (?x) { }` is none, and is left as it is."""
    found = read(GOOD)
    bound = found.bind({"injury": [ox.NamedNode("http://example.org/a")]})
    assert "VALUES (?kind) { (primum:Knee) }" in bound


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("# title: Sites of an injury\n", "", 1, "states no title"),
        ("# question: Where does this injury sit?\n", "", 1, "states no question"),
        ("# users: clinicians, researchers\n", "", 1, "states no users"),
        ("# title: Sites of an injury", "# title:", 1, "after title stand"),
        ("# title: Sites", "# name: Sites", 1, "states none of title, question"),
        ("# title: Sites", "# titel: Sites", 1, "states none of title, question"),
        ("# about: One row for each site,", "# title: Again", 3, "title is stated twice"),
        ("injury sit?", "injury sit.", 2, "does not end with a ?"),
        ("# users: clinicians", "# users: physicians", 5, "'physicians' are no users"),
        ("(injury, hamstring-strain)", "(injury)", 6, "written `# param injury (TYPE, EXAMPLE)"),
        ("# param injury (", "# param injury [", 6, "written `# param injury (TYPE, EXAMPLE)"),
        (": the injury\n", ":\n", 6, "written `# param injury (TYPE, EXAMPLE)"),
        ("(injury, hams", "(wound, hams", 6, "'wound' is no type; these are: injury"),
        ("hamstring-strain)", "hamstring-sprain)", 6, "No injury is called 'hamstring-sprain'"),
        ("hamstring-strain)", "calf-strain)", 6, "VALUES ?injury does not hold"),
        ("(grade?, 2)", "(grade?, 7)", 8, "whole number from 0 to 3"),
        ("(grade?, 2)", "(grade, 2)", 8, "VALUES ?grade does not hold"),
        ("bruising, swelling", "swelling, bruising", 7, "VALUES ?finding does not hold"),
        ("(finding*, bruising", "(finding, bruising", 7, "No finding is called"),
        ("# param grade", "# param injury", 8, "param injury is stated twice"),
        ("  VALUES ?grade { rdf:nil }\n", "", 8, "the parameter grade has no block"),
        ("VALUES (?kind) { (primum:Knee) }", "VALUES ?kind { primum:Knee }", 17, "no param"),
        ("{ primum:Hamstring", "{ prinum:Hamstring", 14, "error at 14:"),
        ("ORDER BY ?site", "ORDER ?site", 21, "error at 21:"),
        ("?injury { primum:HamstringStrain }", "?injury { }", 6, "VALUES ?injury does not hold"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    read: Read, tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    """The message names the file, the line and what is wrong."""
    assert GOOD.count(old) == 1
    with pytest.raises(UnreadableFile, match=re.escape(says)) as refused:
        read(GOOD.replace(old, new))
    assert str(refused.value).startswith(f"{tmp_path / 'sites.rq'}:{line}: ")


def test_a_file_in_another_encoding_is_refused(questions: Questions, tmp_path: Path) -> None:
    """As a broken file, not as a fault of ours."""
    path = tmp_path / "sites.rq"
    path.write_bytes(GOOD.replace("Sites", "Länder").encode("latin-1"))
    with pytest.raises(UnreadableFile, match="no UTF-8"):
        read_query(path, questions.reader)


def test_a_file_without_a_header_is_refused(read: Read) -> None:
    """A bare query does not say what it asks."""
    with pytest.raises(UnreadableFile, match="no title and no question and no users"):
        read("SELECT * WHERE {}\n")


def test_an_ask_and_a_construct_are_read_as_such(read: Read) -> None:
    """What a question gives is read from its query."""
    head = "# title: T\n# question: Q?\n# users: curators\n"
    assert read(head + "ASK { ?s ?p ?o }").form is Form.ASK
    graph = read(head + "CONSTRUCT WHERE { ?s ?p ?o }")
    assert (graph.form, graph.columns) == (Form.CONSTRUCT, ("subject", "predicate", "object"))


# --- The files that are shipped ------------------------------------------------------------------


def test_there_are_at_least_thirty_questions() -> None:
    """The issue asks for thirty."""
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_made_for_people(questions: Questions, name: str) -> None:
    """It says what it asks in plain words, what a row means, and for whom, in its own way."""
    query = questions.all[name]
    assert query.title[0].isupper()
    assert not query.title.endswith(".")
    assert len(query.title) <= 100
    assert query.about.endswith((".", "!"))
    assert set(query.users) <= set(USERS)
    assert not [word for word in ("safe", "allowed") if word in f"{query.title} {query.about}"]
    for parameter in query.parameters:
        questions.reader.read(parameter.type, parameter.example, where=parameter.name)
        assert parameter.meaning


def test_no_title_or_question_stands_twice(questions: Questions) -> None:
    """Each is told from the others in a list."""
    assert len({query.title for query in questions.all.values()}) == len(NAMES)
    assert len({query.question for query in questions.all.values()}) == len(NAMES)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.rq")), ids=lambda path: path.stem)
def test_a_file_is_tidy(path: Path) -> None:
    """Its name is kebab-case, lines fit a screen, every prefix that it declares is used."""
    text = path.read_text(encoding="utf-8")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", path.stem)
    assert max(map(len, text.splitlines())) <= 130
    declared = re.findall(r"^PREFIX (\w+):", text, re.MULTILINE)
    assert not [prefix for prefix in declared if len(re.findall(rf"\b{prefix}:", text)) < 2]
