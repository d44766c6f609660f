"""All reasons for what is found of each row and treatment, as a table."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from threading import Lock
from typing import Final, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.model.answers import Reason
from primum.model.cases import Case
from primum.model.levels import Appraisal, Holds, Level
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.cohort.columns import Codes, Hours, Small
from primum.reasoning.holding import Holding
from primum.use_cases.cohort.alone.one_by_one import Good
from primum.use_cases.cohort.answers.spelling import SMALL, WIDE, coded, hours
from primum.use_cases.service import Primum

REASONS: Final = [
    pa.field("treatment", WIDE),
    pa.field("rule", WIDE),
    pa.field("effect", SMALL),
    pa.field("holds", SMALL),
    pa.field("from_hours", pa.float64()),
    pa.field("until_hours", pa.float64()),
    pa.field("bound", SMALL),
    pa.field("confidence", SMALL),
    pa.field("sources", WIDE),
]

_HOLDS: Final = tuple(Holds)
_EFFECTS: Final = (*(level.word for level in Level), *(each.value for each in Appraisal))
_KEPT: Final = 65536


@dataclass(frozen=True, slots=True)
class _Block:
    """The reasons for one finding, a number for each in each column."""

    treatment: Codes
    rule: Codes
    holds: Codes
    since: Hours
    until: Hours
    bound: Codes

    def __len__(self) -> int:
        """How many reasons there are."""
        return len(self.rule)


class Reasons:
    """Lists reasons over one knowledge base; safe to share between threads."""

    def __init__(self, primum: Primum) -> None:
        """Number what reasons name."""
        knowledge = primum.release.knowledge
        self._holding = Holding(primum.engine)
        self._number = {term: n for n, term in enumerate(knowledge.treatments)}
        self._terms = {term.iri: term for term in knowledge.treatments}
        self._rules = {rule.iri: n for n, rule in enumerate(knowledge.rules)}
        bounds = sorted({bound for rule in knowledge.rules for bound in rule.bounds})
        self._bounds = {bound: n for n, bound in enumerate(filter(None, bounds))}
        self._words = _Words.of(primum, list(self._bounds))
        self._kept = OrderedDict[object, _Block]()
        self._lock = Lock()

    def of(self, good: Mapping[int, Good]) -> tuple[NDArray[np.intp], list[pa.Array]]:
        """The row of each reason, and the columns of reasons, for what rows ask."""
        of_rows = [(row, block) for row, one in good.items() for block in self._blocks(one)]
        blocks = [block for _, block in of_rows]
        rows = np.asarray([row for row, _ in of_rows], np.intp)
        at = np.repeat(rows, [len(block) for block in blocks])
        return at, self._words.columns([block for block in blocks if len(block)])

    def _blocks(self, good: Good) -> list[_Block]:
        """The reasons for what one row asks, treatment by treatment."""
        if good.treatment is None:
            return [self._block(good.case, term) for term in self._number]
        return [self._block(good.case, self._terms[good.treatment])]

    def _block(self, case: Case, term: Term) -> _Block:
        """The reasons for one treatment; kept for the cases that ask the same of it."""
        key = term.iri, self._holding.key(case, term)
        found = self._kept.get(key)
        if found is None:
            found = self._made(term, self._holding.reasons(case, term))
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def _made(self, term: Term, reasons: Sequence[Reason]) -> _Block:
        """Reasons as numbers."""
        windows = [_window(reason.region.hours) for reason in reasons]
        return _Block(
            treatment=_codes([self._number[term]] * len(reasons)),
            rule=_codes([self._rules[reason.rule.iri] for reason in reasons]),
            holds=_codes([_HOLDS.index(reason.holds) for reason in reasons]),
            since=np.asarray([since for since, _ in windows], np.float64),
            until=np.asarray([until for _, until in windows], np.float64),
            bound=_codes([self._bounds.get(reason.bound, -1) for reason in reasons]),
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """The dictionaries of the columns, and for each rule what it says and rests on, as codes."""

    treatments: pa.Array
    rules: pa.Array
    bounds: pa.Array
    confidences: pa.Array
    sources: pa.Array
    effect: Codes
    confidence: Codes
    source: Codes

    @classmethod
    def of(cls, primum: Primum, bounds: Sequence[str]) -> Self:
        """The words of one knowledge base."""
        knowledge = primum.release.knowledge
        rules = knowledge.rules
        confidences = sorted({rule.confidence for rule in rules if rule.confidence})
        sources = sorted({text for rule in rules if (text := _sources(rule))})
        places = {text: n for n, text in enumerate(confidences)}
        cited = {text: n for n, text in enumerate(sources)}
        return cls(
            treatments=_text([term.id for term in knowledge.treatments]),
            rules=_text([rule.id for rule in rules]),
            bounds=_text(bounds),
            confidences=_text(confidences),
            sources=_text(sources),
            effect=_codes([_EFFECTS.index(rule.word) for rule in rules]),
            confidence=_codes([places.get(rule.confidence, -1) for rule in rules]),
            source=_codes([cited.get(_sources(rule), -1) for rule in rules]),
        )

    def columns(self, blocks: Sequence[_Block]) -> list[pa.Array]:
        """The columns of reasons."""
        if not blocks:
            return [pa.array([], field.type) for field in REASONS]
        rule = np.concatenate([block.rule for block in blocks])
        return [
            coded(np.concatenate([block.treatment for block in blocks]), self.treatments),
            coded(rule, self.rules),
            coded(self.effect[rule].astype(np.int8), _text(_EFFECTS)),
            coded(_small([block.holds for block in blocks]), _text(_HOLDS)),
            hours(np.concatenate([block.since for block in blocks])),
            hours(np.concatenate([block.until for block in blocks])),
            coded(_small([block.bound for block in blocks]), self.bounds),
            coded(self.confidence[rule].astype(np.int8), self.confidences),
            coded(self.source[rule], self.sources),
        ]


def _window(span: Span) -> tuple[float, float]:
    """The hours since onset of a rule's window; NaN where it has none, or no end."""
    if span == Span():
        return nan, nan
    return float(span.start.at), nan if span.end is None else float(span.end.at)


def _sources(rule: Rule) -> str:
    """The sources of a rule, each with where in it the fact stands."""
    return "; ".join(
        f"{cited.source.id}, {cited.locator}" if cited.locator else cited.source.id
        for cited in rule.citations
    )


def _codes(numbers: Sequence[int]) -> Codes:
    """Numbers as codes."""
    return np.asarray(numbers, np.int16)


def _small(parts: Sequence[Codes]) -> Small:
    """Codes that are few, one after the other."""
    return np.concatenate(parts).astype(np.int8)


def _text(words: Sequence[str]) -> pa.Array:
    """Words as a dictionary."""
    return pa.array(list(words), pa.string())
