"""The W3C's tests against a running endpoint: `python tests/conformance/run.py --suite FOLDER`.

Exit code 1 means that a part scores below what is expected of it, 2 that the command is wrong.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

if not __package__:  # run as a script: make the checkout's root importable
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.conformance import description, protocol, queries
from tests.conformance.endpoint import Endpoint
from tests.conformance.outcomes import EXPECTED, Outcome, falls_short
from tests.conformance.suite import QUERY, RESULTS, Suite
from tests.conformance.table import document, table
from tests.conformance.targets import Embedded, NotServed, Served

_MANIFESTS = {"query": QUERY, "results": RESULTS}
_PRIMUM = f"{Path(sys.executable).with_name('primum')} serve --dataset {{data}} --port {{port}}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and tell by the exit code whether the scores are those expected."""
    asked = _parser().parse_args(arguments)
    parts = [part for part in EXPECTED if part in asked.only.split(",")]
    try:
        suite = Suite.of(asked.suite)
    except FileNotFoundError as fault:
        print(fault, file=sys.stderr)
        return 2
    if asked.embedded:
        parts = [part for part in parts if part in _MANIFESTS]
    target = Embedded() if asked.embedded else Served(asked.server, asked.path)
    try:
        outcomes = [each for part in parts for each in _run(part, suite, target, asked.servers)]
    except NotServed as fault:
        print(fault, file=sys.stderr)
        return 2
    print(table(outcomes))
    if asked.json:
        asked.json.write_text(json.dumps(document(outcomes), indent=2) + "\n", encoding="utf-8")
    return int(falls_short(outcomes, parts))


def _parser() -> argparse.ArgumentParser:
    """The options of the command."""
    parser = argparse.ArgumentParser(description="Run the W3C's tests against an endpoint.")
    option = parser.add_argument
    option("--suite", type=Path, required=True, metavar="FOLDER", help="checkout of w3c/rdf-tests")
    option("--only", default=",".join(EXPECTED), help="parts to run: %(default)s")
    option("--json", type=Path, metavar="FILE", help="write every outcome here too")
    option("--server", default=_PRIMUM, help="command that serves {data} at {port}")
    option("--path", default="/sparql", help="path of the endpoint: %(default)s")
    option("--servers", type=int, default=2, help="servers at a time: %(default)s")
    option("--embedded", action="store_true", help="ask pyoxigraph in process, without a server")
    return parser


def _run(
    part: str, suite: Suite, target: Served | Embedded, servers: int
) -> Iterator[Outcome] | list[Outcome]:
    """Run one part."""
    if part in _MANIFESTS:
        return queries.run(part, suite.queries(_MANIFESTS[part]), target, servers=servers)
    assert isinstance(target, Served)
    return _spoken(part, suite, target)


def _spoken(part: str, suite: Suite, target: Served) -> list[Outcome]:
    """Run a part that is about HTTP; raises NotServed."""
    with target.endpoint(protocol.data(suite)) as endpoint:
        if part == "description":
            return description.run(part, suite, endpoint)
        slash = "/" if part == "slash" else ""
        return protocol.run(part, suite, Endpoint(endpoint.port, endpoint.path + slash))


if __name__ == "__main__":
    sys.exit(main())
