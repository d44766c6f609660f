"""The case records that validation is tested with, as data: README.md tells how to add one.

A file that is refused is named after the codes of its faults and a word for the variant, as in
`bad/grade-invalid.text.json` or `rdf/bad-grade-invalid.word-as-integer.ttl`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parent
MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".ttl": "text/turtle",
}
BAD, REFUSED, ONLY_RDF = "bad-", "refused-", "only-"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: what it is called, and the codes that its record must be given.

    `codes` are those of violations and warnings, or, for what is told, of one piece of
    information; they are empty for a good record and for one that cannot be read.
    """

    path: Path
    name: str
    codes: frozenset[str] = frozenset()
    variant: str = ""

    @property
    def body(self) -> bytes:
        """What a client would send."""
        return self.path.read_bytes()

    @property
    def media_type(self) -> str:
        """How the body is to be read."""
        return MEDIA_TYPES[self.path.suffix]

    def __str__(self) -> str:
        """The name in test reports: `bad/grade-invalid.text.json`."""
        return self.path.relative_to(FOLDER).as_posix()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a result must point: `found` is the value there, None unless it is a plain one."""

    at: str
    found: str | int | float | bool | None = None


def bad() -> list[Sample]:
    """JSON records with one fault each."""
    return [_named_after_codes(path) for path in _files("bad")]


def told() -> list[Sample]:
    """JSON records that are valid, and of which there is something to tell."""
    return [_named_after_codes(path) for path in _files("told")]


def good() -> list[Sample]:
    """JSON records in order."""
    return [Sample(path, path.stem) for path in _files("good")]


def plainly_good() -> list[Sample]:
    """Those in order just as the contract has it, not to JSON-LD's eye alone."""
    return [sample for sample in good() if not sample.name.startswith("odd-")]


def unreadable() -> list[Sample]:
    """Bodies that are no JSON to be read safely, or that need a context from elsewhere."""
    return [Sample(path, path.stem) for path in _files("unreadable")]


def rdf_good() -> list[Sample]:
    """RDF in order: the records of `good`, and some that only RDF can be."""
    return [Sample(path, path.stem) for path in _rdf("") if not _marked(path)] + rdf_only()


def rdf_only() -> list[Sample]:
    """RDF in order that is no JSON record of `good`."""
    return [Sample(path, path.stem) for path in _rdf(ONLY_RDF)]


def rdf_bad() -> list[Sample]:
    """RDF of one record each, with faults."""
    return [_named_after_codes(path) for path in _rdf(BAD)]


def rdf_refused() -> list[Sample]:
    """RDF that cannot be read, or is not of one record."""
    return [Sample(path, path.stem) for path in _rdf(REFUSED)]


def twins() -> Iterator[tuple[Sample, Sample]]:
    """Each good JSON record that is there as RDF too, with each of its RDF files."""
    in_json = {sample.name: sample for sample in good()}
    for sample in rdf_good():
        if sample.name in in_json:
            yield in_json[sample.name], sample


def places(sample: Sample) -> tuple[Place, ...]:
    """Where the results of a JSON record of `bad` or `told` must point, in any order."""
    return tuple(Place(**place) for place in expected()[sample.path.parent.name][sample.path.stem])


@cache
def expected() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The whole of `expected.toml`: folder, file without its ending, places."""
    return tomllib.loads((FOLDER / "expected.toml").read_text())


def _files(folder: str) -> list[Path]:
    """The files of a folder by name."""
    return sorted((FOLDER / folder).iterdir())


def _rdf(prefix: str) -> list[Path]:
    """The RDF files whose names begin so."""
    return [path for path in _files("rdf") if path.name.startswith(prefix)]


def _marked(path: Path) -> bool:
    """Whether an RDF file is anything but a twin of a good JSON record."""
    return path.name.startswith((BAD, REFUSED, ONLY_RDF))


def _named_after_codes(path: Path) -> Sample:
    """A file whose name is its codes, joined by `+`, a dot and the variant."""
    codes, _, variant = path.stem.removeprefix(BAD).partition(".")
    return Sample(path, path.stem, frozenset(codes.split("+")), variant)
