"""The part that asks SPARQL: Primum, Oxigraph's server and rdflib-endpoint over the same data.

Primum runs as `primum serve --workers 1`, the others as their own commands run them. All hold the
served dataset of the release: its graphs, and their union as the default graph.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from tests.bench.http_agreement import Asking
from tests.bench.http_contenders import Contender, again
from tests.bench.http_part import take_turns
from tests.bench.http_process import primum_served
from tests.bench.http_results import CONNECTIONS
from tests.bench.scale import Scale
from tests.bench.sparql_agreement import demand_agreement
from tests.bench.sparql_attack import PATH, attack
from tests.bench.sparql_others import OTHERS, Site, served
from tests.bench.sparql_results import AGAIN, COPY, FIRST, Row, Sparql
from tests.bench.sparql_stream import PRIMUM, streams
from tests.bench.sparql_texts import get, new, texts

from primum.knowledge.datasets import served_store
from primum.use_cases.service import Primum


def sparql(primum: Primum, scale: Scale) -> Sparql:
    """All that is asked in SPARQL; raises Mismatch before anything is timed."""
    queries = texts()
    with ExitStack() as stack:
        data = Path(stack.enter_context(TemporaryDirectory())) / "served.nq"
        served_store(primum.release).dump(str(data), format=ox.RdfFormat.N_QUADS)
        server = stack.enter_context(primum_served(primum.place))
        rest, notes = stack.enter_context(served(data, OTHERS if scale.sparql.others else {}))
        sites = [Site(PRIMUM, server, PATH), *rest]
        counts = demand_agreement(sites, queries)
        asked = [one for name, query in queries.items() for one in _asked(name, query, sites)]
        return Sparql(
            counts=counts,
            loads={number: _timed(asked, number, scale) for number in CONNECTIONS},
            attack=attack(server, scale.sparql),
            streams=streams(sites[:2], scale.sparql),
            notes=notes,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, how it is asked, and who answers it."""

    query: str
    how: str
    name: str
    contender: Contender


def _asked(name: str, query: str, sites: Sequence[Site]) -> Iterator[Asked]:
    """One query: asked of everyone for the first time, and again, and by who has a copy."""
    for site in sites:
        contender = Contender(name, site.server, new(site.path, query))
        yield Asked(name, FIRST, site.name, contender)
    for site in sites:
        contender = Contender(name, site.server, again([get(site.path, query)]))
        yield Asked(name, AGAIN, site.name, contender)
    server = sites[0].server
    copy = get(PATH, query, f"If-None-Match: {_tag(server.port, query)}")
    yield Asked(name, COPY, PRIMUM, Contender(name, server, again([copy]), 304))


def _tag(port: int, query: str) -> str:
    """The validator of the answer to a query."""
    with Asking(port) as asking:
        return asking.reply(get(PATH, query), 200).headers["etag"]


def _timed(asked: Sequence[Asked], connections: int, scale: Scale) -> list[Row]:
    """Rounds of load, in which everyone has a turn with every query."""
    times = take_turns([one.contender for one in asked], connections, scale)
    return [
        Row(one.query, one.how, one.name, timed) for one, timed in zip(asked, times, strict=True)
    ]
