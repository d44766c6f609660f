"""All named questions over a release: found by name, and bound to what a person types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from rapidfuzz import process

from primum.foundation.errors import InvalidValue, UnknownName
from primum.model.knowledge import Axioms
from primum.use_cases.named.files import read_query
from primum.use_cases.named.query import NamedQuery, Parameter, Value
from primum.use_cases.named.together import demand_sense
from primum.use_cases.named.types import Reader
from primum.use_cases.service import Primum

MOST_VALUES: Final = 100
_NEAREST: Final = 5
_COMPARED: Final = 200


@dataclass(frozen=True, slots=True)
class Questions:
    """The named questions of a place, by name; make it once for each release and keep it.

    Their files are no part of a release, so they have a digest of their own.
    """

    all: Mapping[str, NamedQuery] = field(repr=False)
    reader: Reader = field(repr=False)
    axioms: Axioms = field(repr=False)
    digest: str

    @classmethod
    def of(cls, primum: Primum) -> Self:
        """Every file in `queries/ask/`; raises UnreadableFile with the line of a broken one."""
        reader = Reader.over(primum.release, primum.vocabulary)
        files = sorted((primum.place.queries / "ask").glob("*.rq"), key=lambda path: path.stem)
        found = {path.stem: read_query(path, reader) for path in files}
        texts = "\0".join(f"{query.name}\0{query.text}" for query in found.values())
        digest = f"sha256:{sha256(texts.encode()).hexdigest()}"
        return cls(found, reader, primum.release.knowledge.axioms, digest)

    def find(self, name: str) -> NamedQuery:
        """The question of a name; raises UnknownName with the nearest names."""
        if name in self.all:
            return self.all[name]
        ranked = process.extract(name[:_COMPARED], list(self.all), limit=_NEAREST)
        nearest = tuple(near for near, _, _ in ranked)
        raise UnknownName(
            f"No query is called {name!r}. The nearest names are {', '.join(nearest)}.",
            where="name",
            found=name,
            allowed=nearest,
        )

    def bind(self, query: NamedQuery, pairs: Iterable[tuple[str, str]]) -> str:
        """The text of a question about what pairs of parameter and value say.

        A parameter that is given several times has all these values. Raises UnknownParameter,
        UnknownName, AmbiguousName and InvalidValue, each with the parameter in `where`.
        """
        terms: dict[str, list[Value]] = {}
        for name, text in pairs:
            parameter = query.parameter(name)
            values = terms.setdefault(name, [])
            _demand_room(parameter, len(values), text)
            values.append(self.reader.read(parameter.type, text, where=name))
        demand_sense(query, terms, self.axioms)
        return query.bind(terms)


def _demand_room(parameter: Parameter, given: int, text: str) -> None:
    """Refuse more values than a parameter takes."""
    most = MOST_VALUES if parameter.repeatable else 1
    if given >= most:
        times = f"at most {most} times" if parameter.repeatable else "once"
        raise InvalidValue(
            f"{parameter.name} is given more often than it may be: {times}.",
            where=parameter.name,
            found=text,
            allowed=(times,),
        )
