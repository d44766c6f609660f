"""Clients of npm, run by Node.js: Comunica, fetch-sparql-endpoint and sparql-http-client."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.clients.asked import ASK, ASK_IN_VAIN, BROKEN, CONSTRUCT, PREFIXES, SELECT, Expected
from tests.clients.set_up import CLIENTS

SCRIPTS = Path(__file__).with_name("node")
OLDEST = (20, 18)
"""What the clients need of Node.js."""
WAYS = [
    ("comunica", "told"),
    ("comunica", "left to find out"),
    ("fetch-sparql-endpoint", "GET"),
    ("fetch-sparql-endpoint", "POST"),
    ("sparql-http-client", "get"),
    ("sparql-http-client", "postUrlencoded"),
    ("sparql-http-client", "postDirect"),
]


@pytest.fixture(scope="session")
def node() -> str:
    """Node.js of this machine, new enough."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("NODE.JS IS NOT INSTALLED: the clients of npm are not tested")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(map(int, re.findall(r"\d+", told)[:2]))
    if version < OLDEST:
        pytest.skip(f"NODE.JS {told.strip()} IS TOO OLD: the clients of npm are not tested")
    return found


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scripts, in which Node.js finds the clients."""
    packages = CLIENTS / "node_modules"
    if not packages.is_dir():
        pytest.skip("THE CLIENTS OF NPM WERE NOT SET UP: `make test` does it where npm is")
    folder = tmp_path_factory.mktemp("clients")
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copy(script, folder)
    (folder / "node_modules").symlink_to(packages)
    return folder


def run(node: str, script: Path, asked: dict[str, Any]) -> Any:
    """What a script found."""
    done = subprocess.run(
        [node, script],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def questions(endpoint: str, how: str) -> dict[str, Any]:
    """What each client is to ask, and by which of its ways."""
    return {
        "endpoint": endpoint,
        "how": how,
        "select": SELECT,
        "asks": [ASK, ASK_IN_VAIN],
        "construct": CONSTRUCT,
    }


@pytest.mark.parametrize(("client", "how"), WAYS)
def test_a_client_finds_what_there_is(
    node: str, scripts: Path, endpoint: str, expected: Expected, client: str, how: str
) -> None:
    """Rows with their numbers and texts, both truth values, and a graph."""
    found = run(node, scripts / f"{client}.mjs", questions(endpoint, how))
    assert found == {
        "rows": [list(row) for row in expected.rows],
        "truths": [True, False],
        "triples": expected.triples,
    }


@pytest.mark.parametrize(("client", "how"), [each for each in WAYS if each[0] != "comunica"])
def test_a_client_tells_of_a_mistake(
    node: str, scripts: Path, endpoint: str, client: str, how: str
) -> None:
    """A refused query is an error of the client; Comunica finds the mistake itself, before."""
    found = run(node, scripts / f"{client}.mjs", questions(endpoint, how) | {"select": BROKEN})
    assert "400" in found["error"] or "Bad Request" in found["error"]


def test_comunica_asks_for_what_its_own_graph_lacks(
    node: str, scripts: Path, endpoint: str
) -> None:
    """`SERVICE` joins a graph of one's own with the knowledge."""
    found = run(
        node,
        scripts / "service.mjs",
        {
            "turtle": "<urn:17> <urn:got> <https://w3id.org/primum/SportsMassage> .",
            "select": f"""{PREFIXES}
                SELECT ?patient ?label WHERE {{
                  ?patient <urn:got> ?treatment
                  SERVICE <{endpoint}> {{
                    ?treatment primum:entails ?wider . ?wider rdfs:label ?label
                  }}
                }}""",
            "columns": ["patient", "label"],
        },
    )
    assert ["urn:17", "Massage"] in found["rows"]
    assert ["urn:17", "Foam rolling"] not in found["rows"]
