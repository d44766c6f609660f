"""The demand that all servers give the same rows to the same queries."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from tests.bench.engines import Mismatch
from tests.bench.http_agreement import Asking
from tests.bench.sparql_others import Site
from tests.bench.sparql_texts import get, variant

from primum.foundation.names import Datatype

Rows = Counter[frozenset[tuple[str, ...]]]
_STRING = Datatype.STRING
_AGREEING = "agreeing"


def rows_of(body: bytes) -> Rows:
    """The rows of a result in JSON (SPARQL 1.1 Query Results JSON Format), in whatever order.

    A literal may say or leave out that it is a string.
    """
    bindings = json.loads(body)["results"]["bindings"]
    return Counter(frozenset(map(_bound, row, row.values())) for row in bindings)


def _bound(name: str, term: Mapping[str, str]) -> tuple[str, ...]:
    """A variable and what stands for it."""
    kind = term.get("datatype", _STRING if "xml:lang" not in term else "")
    return name, term["type"], term["value"], kind, term.get("xml:lang", "")


def demand_agreement(sites: Iterable[Site], queries: Mapping[str, str]) -> dict[str, int]:
    """How many rows each query has; raises Mismatch where two servers do not give the same."""
    return {name: _demand_same(sites, name, query) for name, query in queries.items()}


def _demand_same(sites: Iterable[Site], name: str, query: str) -> int:
    """Ask everyone the query as it stands, and the same as another text."""
    wanted: Rows | None = None
    for site in sites:
        for text in (query, variant(query, _AGREEING)):
            with Asking(site.server.port) as asking:
                found = rows_of(asking.reply(get(site.path, text), 200).body)
            wanted = found if wanted is None else wanted
            if found != wanted:
                lacking, beyond = wanted - found, found - wanted
                raise Mismatch(
                    f"{site.name} answers {name} otherwise: lacks {lacking}, adds {beyond}"
                )
    return 0 if wanted is None else wanted.total()
