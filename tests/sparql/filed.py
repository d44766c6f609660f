"""A small dataset in a file, and settings with short limits."""

from pathlib import Path

import pyoxigraph as ox
from tests.sparql.made import EX, iri

from primum.foundation.settings import Settings, read_settings

BASE = f"{EX}base"
CROWD = 350
"""Triples of the default graph: two patterns that share nothing have 122,500 rows."""
DATA = [
    *(ox.Quad(iri(number), iri("p"), ox.Literal(number)) for number in range(CROWD)),
    *(ox.Quad(iri("s"), iri("p"), iri("o"), iri(name)) for name in "ab"),
    ox.Quad(iri("s"), iri("p"), iri("a"), iri("a")),
]


def file_in(folder: Path) -> Path:
    """A file of the quads."""
    found = folder / "data.nq"
    found.write_bytes(ox.serialize(DATA, format=ox.RdfFormat.N_QUADS) or b"")
    return found


def settings(**more: str) -> Settings:
    """Settings of which some are not the usual ones."""
    return read_settings({"PRIMUM_CAGE_SECONDS": "2", "PRIMUM_STREAM_SECONDS": "3", **more})
