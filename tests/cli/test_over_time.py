"""`primum timeline` and `primum explain`: what they print, and that HTTP gives the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_cli import output, printed, refused

from primum.use_cases.service import Primum
from primum.web.app import create_app

GRADE_2 = ("--injury", "hamstring-strain", "--grade", "2")
DATED = (*GRADE_2, "--onset", "2026-11-19T10:00:00+01:00")
MASSAGE = ("--treatment", "massage")
CHECKER = Path(__file__).parents[2] / "service/primum/proof_checker.py"
AT = ("--at", "2026-11-22T10:00:00+01:00")


def test_a_timeline_shows_each_window_and_how_firmly_it_ends() -> None:
    """Three segments for massage; the week that a source gives as a minimum is no permission."""
    text = " ".join(output("timeline", *GRADE_2, "--treatment", "massage").split())
    assert "0 to 48 hours after onset: contraindicated" in text
    assert "48 to 168 hours after onset: relatively contraindicated" in text
    assert "168 hours after onset or later: barred by no rule" in text
    assert "From 168 hours after onset on the clock no longer bars it; the source sets no" in text
    assert "not a diagnosis" in text


def test_a_dated_timeline_gives_the_instants() -> None:
    """The end of a window is an instant of the calendar, in the zone that was asked in."""
    document = printed("timeline", *DATED, "--treatment", "massage", "--json")
    assert document["clock"] == {"from": "onset", "dateTime": "2026-11-19T10:00:00+01:00"}
    ends = [segment["ends"] for segment in document["treatments"][0]["segments"]]
    dates = [end and end["dateTime"] for end in ends]
    assert dates == ["2026-11-21T10:00:00+01:00", "2026-11-26T10:00:00+01:00", None]
    assert [end["hours"] for end in ends if end] == [48, 168]


def test_an_explanation_says_why_and_what_would_change_it() -> None:
    """The verdict first, then reasons with sources, then what would be otherwise."""
    text = " ".join(output("explain", *GRADE_2, "--day", "3", "--treatment", "massage").split())
    assert text.startswith("Massage is relatively contraindicated.")
    assert "the grade is 2 (asked for: 2, 3)" in text
    assert "It would be barred by no rule with any one of these changes: grade 1." in text
    assert "By the clock alone the verdict changes at 168 hours after onset" in text


@pytest.mark.parametrize(
    ("command", "route", "options", "parameters"),
    [
        ("timeline", "timeline", DATED, "grade=2&onset=2026-11-19T10:00:00%2B01:00"),
        ("timeline", "timeline", DATED, "grade=2&onset=2026-11-19T10:00:00+01:00"),
        (
            "explain",
            "explanations",
            (*DATED, *AT, "--treatment", "massage", "--age", "30", "--factor", "fever"),
            "grade=2&onset=2026-11-19T10:00:00%2B01:00&at=2026-11-22T10:00:00%2B01:00"
            "&treatment=massage&age=30&factor=fever",
        ),
    ],
)
def test_the_command_line_and_http_give_the_same_document(
    primum: Primum, command: str, route: str, options: tuple[str, ...], parameters: str
) -> None:
    """The same question has the same document, whichever way it is asked."""
    client = create_app(primum).test_client()
    answer = client.get(f"/v1/{route}?injury=hamstring-strain&{parameters}")
    assert answer.status_code == 200, answer.data
    assert json.loads(answer.data) == printed(command, *options, "--json")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--onset", "2026-11-19"), "without a time zone"),
        (("--onset", "2026-11-19T10:00:00"), "a date and time with its zone"),
        (("--onset", "2026-11-23T10:00:00Z", "--at", "2026-11-22T10:00:00Z"), "lies after"),
        (("--onset", "2026-02-30T10:00:00Z"), "a day that there is not"),
        (("--at", "2026-11-22T10:00:00Z"), "at is given without onset"),
        (("--onset", "2026-11-19T10:00:00Z", "--day", "3"), "Both onset and day"),
        (("--age", "121"), "a whole number from 0 to 120"),
    ],
)
def test_a_date_that_cannot_be_read_ends_with_2(options: tuple[str, ...], message: str) -> None:
    """The message says what was found and what is allowed."""
    assert message in refused("ask", *GRADE_2, *options)


def test_a_dated_question_without_an_instant_is_about_now() -> None:
    """The answer says at which instant it holds, so that it can be asked again."""
    document = printed("ask", *DATED, "--treatment", "massage", "--json")
    assert document["question"]["time"]["at"].endswith("Z")
    assert document["question"]["time"]["onset"] == "2026-11-19T10:00:00+01:00"


def test_a_proof_is_accepted_by_the_checker_that_stands_alone(
    primum: Primum, tmp_path: Path
) -> None:
    """Each proof that the command prints holds, over the very files of the knowledge."""
    document = printed("explain", *GRADE_2, "--day", "3", *MASSAGE, "--proof", "--json")
    assert len(document["proofs"]) == 2
    for number, proof in enumerate(document["proofs"]):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(proof), encoding="utf-8")
        command = [sys.executable, "-I", str(CHECKER), str(path), str(primum.place.root)]
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert found.returncode == 0, found.stdout + found.stderr


def test_http_gives_the_proofs_of_one_treatment(primum: Primum) -> None:
    """As JSON where asked for, as RDF with the rule behind the level; not where not asked for."""
    client = create_app(primum).test_client()
    query = "injury=hamstring-strain&grade=2&day=3&treatment=massage"
    plain = client.get(f"/v1/contraindications?{query}").get_json()["treatments"][0]
    proved = client.get(f"/v1/contraindications?{query}&proof=true").get_json()["treatments"][0]
    explained = client.get(f"/v1/explanations?{query}&proof=true").get_json()
    assert "proofs" not in plain
    assert proved["proofs"] == explained["proofs"]
    graph = client.get(f"/v1/explanations?{query}", headers={"Accept": "text/turtle"})
    assert graph.content_type == "text/turtle"
    assert "sh:sourceRule" in graph.get_data(as_text=True)
    assert "sh:sourceRule" in output("explain", *GRADE_2, "--day", "3", *MASSAGE, "--turtle")


def test_a_flag_is_true_or_false(primum: Primum) -> None:
    """Anything else is refused."""
    query = "injury=hamstring-strain&treatment=massage&proof=yes"
    answer = create_app(primum).test_client().get(f"/v1/contraindications?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["allowed"] == ["true", "false"]


def test_an_explanation_needs_a_treatment() -> None:
    """Without one there is nothing to explain."""
    assert "--treatment" in refused("explain", *GRADE_2)
