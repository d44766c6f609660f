"""What is found of rows as statements, in the words in which an answer is a graph."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.types as at

from primum.foundation.names import DCTERMS, PHRASE_BASE, PROV
from primum.model.levels import verdict
from primum.use_cases.cohort.graph.finding import BARRING, Said, fill, finding, hours_of, levels_of
from primum.use_cases.cohort.graph.lines import Texts, node
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.service import Primum

Rules = Callable[[pa.RecordBatch], pa.RecordBatch]
Told = tuple[int, str | None]
Pairs = tuple[tuple[str, str], ...]
_SETS: Final = tuple(f"{holds}_{word}" for holds in ("certain", "possible") for word in BARRING)
_SAID: Final = ("treatment", "verdict", "level_certain", "level_possible")


class Findings:
    """Writes the findings of the rows of a cohort.

    An audit has one finding a row. A person has one for each treatment: in the compact form, for
    those that are barred, or may be. `reasons` gives the reasons of a batch, which number its rows
    from 1; with it a finding names all rules that it rests on, without it the one that decides.
    """

    def __init__(
        self, primum: Primum, options: Options, rows: Rows, *, knowledge: str, reasons: Rules | None
    ) -> None:
        """Know the terms, and what is said of all findings: `knowledge` is what they rest on."""
        known = primum.release.knowledge
        self._iris = {term.id: term.iri for term in known.treatments}
        self._iris |= {rule.id: rule.iri for rule in known.rules}
        self._audit = rows is Rows.AUDIT
        self._compact = rows is Rows.PERSON and not options.long
        self._shared = (
            (PROV + "wasDerivedFrom", node("")),
            (PROV + "wasDerivedFrom", f"<{knowledge}>"),
            (DCTERMS + "conformsTo", f"<{PHRASE_BASE}screening-{options.screening.value}>"),
        )
        self._reasons = reasons
        self._kept = Texts(self._of_sets if self._compact else self._of_one)

    def of_rows(self, batch: pa.RecordBatch, answers: pa.RecordBatch) -> Iterator[Told]:
        """The number of each row of a batch and the statements of what is found, None if bad."""
        rows = answers.column("row").to_pylist()
        texts = self._texts(batch, answers)
        if self._audit or self._compact:
            return zip(rows, texts, strict=True)
        grouped = groupby(zip(rows, texts, strict=True), itemgetter(0))
        return ((row, _together(found for _, found in several)) for row, several in grouped)

    def _texts(self, batch: pa.RecordBatch, answers: pa.RecordBatch) -> Iterator[str | None]:
        """The statements of each answer, None where it is none."""
        columns = [_words(answers.column(name)) for name in (_SETS if self._compact else _SAID)]
        good = answers.column("faults").is_null().to_pylist()
        rules = self._rules(batch, answers)
        every = zip(good, rules, hours_of(answers), zip(*columns, strict=True), strict=True)
        for fine, pairs, hours, said in every:
            if fine:
                told = tuple(one is not None for one in hours)
                yield fill(self._kept[said, pairs, told], hours)
            else:
                yield None

    def _rules(self, batch: pa.RecordBatch, answers: pa.RecordBatch) -> Iterator[Pairs]:
        """The rules that each answer rests on, with their treatments."""
        if self._reasons is None:
            return iter([()] * answers.num_rows) if self._compact else _deciding(answers)
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        reasons = self._reasons(batch)
        names = [_words(reasons.column(name)) for name in ("treatment", "rule")]
        for row, *pair in zip(reasons.column("row").to_pylist(), *names, strict=True):
            found[row].append((pair[0], pair[1]))
        if self._compact:
            return (tuple(dict.fromkeys(found[n + 1])) for n in range(answers.num_rows))
        treatments = _words(answers.column("treatment"))
        return (
            tuple(dict.fromkeys(pair for pair in found[row + 1] if pair[0] == treatment))
            for row, treatment in zip(_places(answers), treatments, strict=True)
        )

    def _of_one(self, key: tuple[Any, ...]) -> str:
        """The finding of an answer about one treatment."""
        (treatment, *said), pairs, hours = key
        path = "/finding" if self._audit else f"/finding/{treatment}"
        return self._finding(path, (treatment, *said), pairs, hours)

    def _of_sets(self, key: tuple[Any, ...]) -> str:
        """The findings of an answer about all treatments."""
        sets, pairs, hours = key
        texts = []
        for treatment, (certain, possible) in levels_of(sets).items():
            word = verdict(certain, possible, spoken_of=True).value
            said = (treatment, word, certain.word, possible.word)
            texts.append(self._finding(f"/finding/{treatment}", said, pairs, hours))
        return "".join(texts)

    def _finding(
        self, path: str, said: tuple[str, ...], pairs: Pairs, hours: Sequence[bool]
    ) -> str:
        """One finding, of names as answers have them."""
        treatment, word, certain, possible = said
        rules = [self._iris[rule] for name, rule in pairs if name == treatment]
        whole = Said(self._iris[treatment], word, certain, possible, rules)
        return finding(path, whole, self._shared, hours)


def _together(found: Iterator[str | None]) -> str | None:
    """The findings of one person; None where the row is bad."""
    texts = [one for one in found if one is not None]
    return "".join(texts) if texts else None


def _deciding(answers: pa.RecordBatch) -> Iterator[Pairs]:
    """The rule that decides each answer, if one does, with its treatment."""
    pairs = zip(_words(answers.column("treatment")), _words(answers.column("rule")), strict=True)
    return (() if rule is None else ((treatment, rule),) for treatment, rule in pairs)


def _places(answers: pa.RecordBatch) -> list[int]:
    """The place in the batch of the row of each answer: rows follow each other."""
    rows = answers.column("row").to_numpy()
    if not len(rows):
        return []
    found: list[int] = np.concatenate([[0], np.cumsum(rows[1:] != rows[:-1])]).tolist()
    return found


def _words(column: pa.Array) -> list[Any]:
    """A column of words that are kept in a dictionary."""
    decoded = column.dictionary_decode() if at.is_dictionary(column.type) else column
    found: list[Any] = decoded.to_pylist()
    return found
