"""The notebook of the researchers runs from its first cell to its last, and shows what it says."""

import json
import struct
from base64 import b64decode
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

from primum.model.levels import Level
from primum.use_cases.service import Primum

NOTEBOOK = Path(__file__).parents[2] / "queries/first-steps.ipynb"
NONE = "none"
# What the notebook's variables hold in the end, told by a cell that only the test adds.
TELL = 'print(*(t.to_json(orient="split") for t in (barred, counted, most)), sep="\\n")'


def read() -> Any:
    """The notebook as it is kept."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def ran(service: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook after it was run against the service."""
    notebook = read()
    notebook.cells.append(new_code_cell(TELL))  # type: ignore[no-untyped-call]
    folder = str(tmp_path_factory.mktemp("notebook"))
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRIMUM_SERVICE", service)
        return client.execute()


@pytest.fixture(scope="module")
def tables(ran: Any) -> list[Any]:
    """The three tables that it made, each with its rows."""
    return [json.loads(line) for line in ran.cells[-1].outputs[0].text.splitlines()]


def cell(notebook: Any, name: str) -> Any:
    """The cell with an id."""
    (found,) = [each for each in notebook.cells if each.id == name]
    return found


def test_it_is_kept_without_outputs() -> None:
    """What it showed once would go stale, and would hide a change of the knowledge."""
    for each in read().cells:
        assert not each.get("outputs")
        assert each.get("execution_count") is None


def test_it_begins_with_what_to_install_and_where_to_ask() -> None:
    """A reader changes one variable of the environment, if that."""
    first, second = [each.source for each in read().cells if each.cell_type == "code"][:2]
    assert first.startswith("%pip install")
    assert 'os.environ.get("PRIMUM_SERVICE", "http://127.0.0.1:8000")' in second


def test_it_tells_the_notice_and_the_version(ran: Any, service: str) -> None:
    """As the service words them."""
    with urlopen(f"{service}/v1/queries", timeout=30) as reply:  # noqa: S310 - a server of ours
        listed = json.load(reply)
    told = cell(ran, "service").outputs[0].text
    assert listed["notice"] in told
    assert listed["knowledge"]["digest"] in told


def test_its_first_table_is_the_answer_of_the_api(tables: list[Any], service: str) -> None:
    """The same treatments at the same levels as the design question gives."""
    asked = "injury=hamstring-strain&grade=2&day=3"
    with urlopen(f"{service}/v1/contraindications?{asked}", timeout=30) as reply:  # noqa: S310 - a server of ours
        answer = json.load(reply)
    expected = {
        (each["treatment"]["iri"], each["level"]["certain"], each["level"]["possible"])
        for each in answer["treatments"]
        if each["level"]["possible"] != NONE
    }
    found = {(iri, certain, possible) for iri, _, certain, possible in tables[0]["data"]}
    assert tables[0]["columns"] == ["treatment", "label", "certain", "possible"]
    assert found == expected
    assert len(found) > 5


def test_its_second_table_counts_every_contraindication(tables: list[Any], primum: Primum) -> None:
    """Each rule once for each treatment that it names, as the engine reads them."""
    knowledge = primum.release.knowledge
    labels = {each.iri: each.label for each in knowledge.treatments}
    expected = Counter(
        (labels[named], rule.effect.word)
        for rule in knowledge.rules
        if isinstance(rule.effect, Level)
        for named in {iri for region in rule.regions for iri in region.treatments.required}
    )
    found = {(treatment, level): count for treatment, level, count in tables[1]["data"]}
    assert found == expected


def test_its_third_table_has_the_ten_that_most_rules_name(tables: list[Any]) -> None:
    """In falling order, with a column for each level."""
    totals = [sum(row) for row in tables[2]["data"]]
    counted: dict[str, int] = {}
    for treatment, _, count in tables[1]["data"]:
        counted[treatment] = counted.get(treatment, 0) + count
    assert tables[2]["columns"] == ["absolute", "relative", "precaution"]
    assert totals == sorted(counted.values(), reverse=True)[:10]
    assert totals == [counted[treatment] for treatment in tables[2]["index"]]


def test_tables_are_shown_to_the_reader(ran: Any) -> None:
    """Each cell that makes one ends with it."""
    for name in ("questions", "barred", "counted", "table"):
        assert "<table" in cell(ran, name).outputs[-1].data["text/html"]


def test_a_chart_is_drawn(ran: Any) -> None:
    """A picture comes out, large enough to be seen."""
    (shown,) = [
        each.data["image/png"] for each in cell(ran, "chart").outputs if "image/png" in each.data
    ]
    picture = b64decode(shown)
    width, height = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert min(width, height) > 200
