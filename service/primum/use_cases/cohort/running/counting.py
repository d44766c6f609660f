"""Counting the answers of one batch by their dictionary codes."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primum.model.levels import Level, Verdict, verdict
from primum.reasoning.engine import Engine
from primum.use_cases.cohort.reading.codebooks import texts
from primum.use_cases.cohort.running.counts import Counts, Pairs
from primum.use_cases.service import Primum

Codes = NDArray[np.int64]
Coded = tuple[list[str], Codes]
_LEVELS: Final = tuple(level for level in sorted(Level, reverse=True) if level)
_BETWEEN: Final = " "


class Counting:
    """Counts batches of answers; safe to share between threads."""

    def __init__(self, primum: Primum, injury: str) -> None:
        """Know the column of injuries, and the treatments that no rule speaks of."""
        self._injury = injury
        self._names = primum.vocabulary.injuries
        self._treatments = [term.id for term in primum.release.knowledge.treatments]
        self._silent = _silent(primum.engine)

    def count(self, rows: pa.RecordBatch, answers: pa.RecordBatch, at: Codes | None) -> Counts:
        """The counts of good answers; answer i is to row `at[i]`, or to row i where that is None.

        `rows` are those of the input, of which only the injury is looked at.
        """
        names, codes = coded(rows.column(self._injury))
        injuries = ([self._known(name) for name in names], codes if at is None else codes[at])
        if "verdict" in answers.schema.names:
            return _of_verdicts(answers, injuries)
        return self._of_levels(answers, injuries)

    def _known(self, name: str) -> str:
        """The local name of an injury; a dictionary may hold names that no good row has."""
        found = self._names.known(name)
        return "" if found is None else found.id

    def _of_levels(self, answers: pa.RecordBatch, injuries: Coded) -> Counts:
        """The counts of a row for each person, which names treatments level by level."""
        found = Counts(answers=len(answers) * len(self._treatments))
        left = Counter({treatment: len(answers) for treatment in self._treatments})
        persons = _numbers(injuries)
        left_of = Counter({name: n * len(self._treatments) for name, n in persons.items()})
        may, may_of = Counter[str](), Counter[str]()
        for level in _LEVELS:
            word = verdict(level, level, spoken_of=True)
            certain, certain_of = _sets(answers.column(f"certain_{level.word}"), injuries)
            possible, possible_of = _sets(answers.column(f"possible_{level.word}"), injuries)
            _put(found.treatments, certain, word)
            _put(found.injuries, certain_of, word)
            may.update(possible)
            may.subtract(certain)
            may_of.update(possible_of)
            may_of.subtract(certain_of)
            left.subtract(possible)
            left_of.subtract(possible_of)
        _put(found.treatments, may, Verdict.UNDETERMINED)
        _put(found.injuries, may_of, Verdict.UNDETERMINED)
        self._put_rest(found, left, left_of, persons)
        return found

    def _put_rest(
        self, found: Counts, left: Counter[str], left_of: Counter[str], persons: Counter[str]
    ) -> None:
        """Count what is barred at no level: no rule speaks of it, or those that do cannot hold."""
        silent = Counter({name: number for name, number in left.items() if name in self._silent})
        silent_of = Counter({name: n * len(self._silent) for name, n in persons.items()})
        left.subtract(silent)
        left_of.subtract(silent_of)
        for pairs, rest, unspoken in (
            (found.treatments, left, silent),
            (found.injuries, left_of, silent_of),
        ):
            _put(pairs, rest, Verdict.RULED_OUT)
            _put(pairs, unspoken, Verdict.NO_RULE)


def _silent(engine: Engine) -> frozenset[str]:
    """The treatments that no contraindication speaks of."""
    tables = engine.tables
    barring = tables.at_least[Level.PRECAUTION]
    return frozenset(
        term.id for term in engine.knowledge.treatments if not tables.treatments[term.iri] & barring
    )


def _of_verdicts(answers: pa.RecordBatch, injuries: Coded) -> Counts:
    """The counts of a row for each answer."""
    verdicts = coded(answers.column("verdict"))
    return Counts(
        answers=len(answers),
        treatments=_pairs(coded(answers.column("treatment")), verdicts),
        injuries=_pairs(injuries, verdicts),
        rules=_numbers(coded(answers.column("rule"))),
    )


def coded(array: pa.Array) -> Coded:
    """A column of text as distinct words and codes; -1 stands for none."""
    if not pa.types.is_dictionary(array.type):
        array = pc.dictionary_encode(array)
    codes = array.indices
    if codes.null_count:
        codes = pc.fill_null(codes, -1)
    words = [each or "" for each in texts(array.dictionary)]
    return words, codes.to_numpy(zero_copy_only=False)


def _numbers(words: Coded) -> Counter[str]:
    """How often each word stands there."""
    names, codes = words
    numbers = np.bincount(codes + 1, minlength=len(names) + 1)[1:]
    return _counter(names, numbers)


def _pairs(words: Coded, verdicts: Coded) -> Pairs:
    """How often each word stands there with each verdict; all have a verdict."""
    (names, codes), (others, second) = words, verdicts
    wide = len(others)
    both = codes.astype(np.intp)
    both *= wide
    both += second
    numbers = np.bincount(both, minlength=len(names) * wide).reshape(-1, wide)
    found: Pairs = Counter()
    for row, column in np.argwhere(numbers):
        found[names[row], others[column]] += int(numbers[row, column])
    return found


def _sets(array: pa.Array, injuries: Coded) -> tuple[Counter[str], Counter[str]]:
    """How often each treatment stands in the sets of a level, and how many by injury."""
    sets, codes = coded(array)
    members = [(each or "").split() for each in sets]
    sizes = np.fromiter(map(len, members), np.int64, len(members))
    each: Counter[str] = Counter()
    for names, number in zip(members, np.bincount(codes, minlength=len(sets)), strict=True):
        each.update(dict.fromkeys(names, int(number)))
    words, injury = injuries
    by_injury = np.bincount(injury, weights=sizes[codes], minlength=len(words))
    return each, _counter(words, by_injury)


def _counter(names: Iterable[str], numbers: Iterable[float]) -> Counter[str]:
    """Names with their numbers; a name may come twice."""
    found: Counter[str] = Counter()
    for name, number in zip(names, numbers, strict=True):
        if number:
            found[name] += int(number)
    return found


def _put(pairs: Pairs, counts: Counter[str], word: Verdict) -> None:
    """Count some answers of one verdict."""
    for name, number in counts.items():
        if number:
            pairs[name, word.value] += number
