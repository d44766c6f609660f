"""Queries as tasks of the cage: what a caller wrote in, a result out; nothing fetched."""

from pathlib import Path
from typing import Any

import msgspec

from primum.knowledge.datasets import Dataset, read_dataset, served_store
from primum.knowledge.release import load_release
from primum.use_cases.sparql.exchange import (
    NEWLINE,
    QUERY,
    STATISTICS,
    STREAM,
    Asked,
    Failed,
)
from primum.use_cases.sparql.formats import GRAPHS, ROWS
from primum.use_cases.sparql.outputs import Emit
from primum.use_cases.sparql.running import Runner
from primum.use_cases.sparql.statistics import count


def prepare(argument: str) -> dict[str, Any]:
    """The tasks over a dataset: the release in a folder, or an RDF file, named by the argument."""
    path = Path(argument)
    found = tasks_of(_released(path) if path.is_dir() else read_dataset(path))
    _warm(found)
    return found


def _released(folder: Path) -> Dataset:
    """The dataset of a release: its literals mean the same in the store's own form."""
    return Dataset(served_store(load_release(folder)), commas=False)


def tasks_of(dataset: Dataset) -> dict[str, Any]:
    """The tasks over a dataset.

    A reply is a line of JSON, which is `null` or says why there is no result, and the result. In
    a streamed one, that line goes out with the first piece, or comes as the last.
    """
    runner = Runner(dataset)
    counted: list[bytes] = []

    def query(payload: bytes) -> bytes:
        found = runner.whole(msgspec.json.decode(payload, type=Asked))
        if isinstance(found, Failed):
            return msgspec.json.encode(found) + NEWLINE
        return b"null\n" + found

    def stream(payload: bytes, emit: Emit) -> bytes:
        asked = msgspec.json.decode(payload, type=Asked)
        return msgspec.json.encode(runner.pieces(asked, emit)) + NEWLINE

    def statistics(_: bytes, __: Emit) -> bytes:
        if not counted:
            counted.append(msgspec.json.encode(count(dataset.store)))
        return counted[0]

    return {QUERY: query, STREAM: stream, STATISTICS: statistics}


def _warm(tasks: dict[str, Any]) -> None:
    """Run each task once, because a caged process cannot load anything later."""
    rows = [Asked("SELECT * { ?s ?p ?o } LIMIT 1", f.name, "urn:x") for f in ROWS]
    graphs = [
        Asked("CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o } LIMIT 1", f.name, "urn:x") for f in GRAPHS
    ]
    for asked in (*rows, *graphs, Asked("SELECT", "json", "urn:x")):
        tasks[QUERY](msgspec.json.encode(asked))
        tasks[STREAM](msgspec.json.encode(asked), lambda _: None)
