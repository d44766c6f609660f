"""The ways to answer one question, and the demand that they agree.

The engine gives verdicts with reasons; SPARQL gives the levels alone. What is compared is what
both give: the certain and the possible rank of every treatment. SPARQL is timed on text that is
bound, or for rdflib parsed, beforehand, so that only the answering counts.
"""

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MethodType
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from tests.bench.generate import question_document

from primum.foundation.names import Datatype, local_name
from primum.model.answers import Answer
from primum.model.cases import Case
from primum.model.levels import Level
from primum.reasoning.engine import Engine
from primum.use_cases.documents import Writer
from primum.use_cases.named.query import NamedQuery

Ranks = dict[str, tuple[int, int]]
_RANK = {level.word: int(level) for level in Level}


class Mismatch(Exception):
    """Two ways to answer give different answers."""


class Forgetful:
    """An engine that is asked each time as if nothing had been asked before."""

    def __init__(self, engine: Engine) -> None:
        """Share the tables of an engine, but none of what it keeps between questions."""
        self._engine = copy.copy(engine)
        kept = {name: held for name, held in vars(engine).items() if hasattr(held, "cache_clear")}
        for name, held in kept.items():
            method = MethodType(held.__wrapped__.__func__, self._engine)
            setattr(self._engine, name, lru_cache(maxsize=held.cache_info().maxsize)(method))
        self._kept = [getattr(self._engine, name) for name in kept]

    def anew(self) -> Engine:
        """The engine, which keeps nothing yet."""
        for kept in self._kept:
            kept.cache_clear()
        return self._engine


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to answer.

    `ready` turns a case into a call that answers it; `ranks` reads from what the call returns
    the certain and the possible rank of each treatment, by IRI.
    """

    name: str
    ready: Callable[[Case], Callable[[], Any]]
    ranks: Callable[[Any], Ranks]

    def finds(self, case: Case) -> Ranks:
        """The ranks that this way to answer finds."""
        return self.ranks(self.ready(case)())


def warm(engine: Engine) -> Contender:
    """The engine, which has answered every question before."""
    return Contender("engine, warm", lambda case: partial(engine.answer, case), ranks_of)


def cold(engine: Engine) -> Contender:
    """The same engine, asked each question for the first time."""
    forgetful = Forgetful(engine)
    return Contender("engine, cold", lambda case: lambda: forgetful.anew().answer(case), ranks_of)


def as_json(engine: Engine) -> Contender:
    """The engine's warm answer, written out as a JSON document."""
    writer = Writer(engine.knowledge)

    def written(case: Case) -> str:
        return json.dumps(writer.answer(engine.answer(case)))

    return Contender("engine, warm, as JSON", lambda case: partial(written, case), _of_json)


def oxigraph(store: ox.Store, query: NamedQuery) -> Contender:
    """SPARQL in the embedded store."""

    def rows(text: str) -> list[ox.QuerySolution]:
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return list(found)

    return Contender(
        "SPARQL, Oxigraph", lambda case: partial(rows, bound(query, case)), _of_oxigraph
    )


def with_rdflib(dataset: rdflib.Dataset, query: NamedQuery) -> Contender:
    """SPARQL through rdflib, as a prepared query."""

    def ready(case: Case) -> Callable[[], list[Any]]:
        prepared = prepareQuery(bound(query, case))
        return lambda: list(dataset.query(prepared))

    return Contender("SPARQL, rdflib", ready, _of_rdflib)


def bound(query: NamedQuery, case: Case) -> str:
    """The query about a case."""
    asked = question_document(case)
    hours = {
        name: [ox.Literal(asked[name], datatype=ox.NamedNode(Datatype.DECIMAL))]
        for name in ("fromHours", "untilHours")
    }
    return query.bind(
        {
            "injury": [ox.NamedNode(asked["injury"])],
            "grade": [ox.Literal(asked["grade"])],
            "factor": [ox.NamedNode(iri) for iri in asked["factor"]],
            **hours,
        }
    )


def ranks_of(answer: Answer) -> Ranks:
    """The ranks in an answer."""
    return {f.treatment.iri: (int(f.certain), int(f.possible)) for f in answer.findings}


def _of_json(text: str) -> Ranks:
    """The ranks in a JSON document."""
    return {
        found["treatment"]["iri"]: (
            _RANK[found["level"]["certain"]],
            _RANK[found["level"]["possible"]],
        )
        for found in json.loads(text)["treatments"]
    }


def _of_oxigraph(rows: list[ox.QuerySolution]) -> Ranks:
    """The ranks in rows of Oxigraph."""
    return {
        treatment.value: (int(certain.value), int(possible.value))
        for treatment, certain, possible in rows
    }


def _of_rdflib(rows: list[Any]) -> Ranks:
    """The ranks in rows of rdflib."""
    return {str(treatment): (int(certain), int(possible)) for treatment, certain, possible in rows}


def demand_agreement(trusted: Contender, others: Iterable[Contender], cases: list[Case]) -> None:
    """Raise Mismatch at the first question that another contender answers differently."""
    for other in others:
        for case in cases:
            expected = trusted.finds(case)
            found = other.finds(case)
            if found != expected:
                raise Mismatch(_difference(case, (trusted.name, expected), (other.name, found)))


def _difference(case: Case, *answers: tuple[str, Ranks]) -> str:
    """The question, and the treatments on which two answers to it differ."""
    (_, one), (_, other) = answers
    lines = [
        f"  {local_name(iri)}: {name} finds {_in_words(ranks.get(iri))}"
        for iri in sorted(one.keys() | other.keys())
        if one.get(iri) != other.get(iri)
        for name, ranks in answers
    ]
    return "\n".join([f"Different answers to {json.dumps(question_document(case))}:", *lines])


def _in_words(ranks: tuple[int, int] | None) -> str:
    """A certain and a possible rank in words."""
    if ranks is None:
        return "no such treatment"
    certain, possible = (Level(rank).word for rank in ranks)
    return f"{certain} for certain, {possible} at most"
