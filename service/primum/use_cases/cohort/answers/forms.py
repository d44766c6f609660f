"""The forms of answers: audits, and persons in a compact and in a long form.

A form answers many plain records by the kernel and single ones by the engine, into the same
columns of numbers; each record takes `width` rows of them.
"""

from typing import Protocol, TypeVar

import numpy as np
import pyarrow as pa

from primum.model.levels import Level
from primum.reasoning.cohort.columns import Codes, Columns, Flags
from primum.reasoning.cohort.kernel import Kernel
from primum.use_cases.cohort.alone.one_by_one import Good
from primum.use_cases.cohort.alone.singly import Singly
from primum.use_cases.cohort.answers.found import Audits, Sets
from primum.use_cases.cohort.answers.spelling import Spelling
from primum.use_cases.cohort.answers.tables import audit_columns, set_columns
from primum.use_cases.cohort.reading.repeating import repeated

Found = TypeVar("Found")
_LEVELS = len([level for level in Level if level])


class Form(Protocol[Found]):
    """How records are answered, and how that is told; `width` rows for each."""

    width: int

    def empty(self, records: int) -> Found:
        """No answers, for so many records."""

    def many(self, columns: Columns, treatments: Codes) -> tuple[Found, Flags]:
        """The answers to plain records, and which of these contradict themselves."""

    def one(self, good: Good) -> Found:
        """The answer to one record."""

    def told(self, found: Found, refused: Flags) -> list[pa.Array]:
        """The columns of answers; some of the rows have none."""


class AuditForm:
    """One treatment for each record."""

    width = 1

    def __init__(self, kernel: Kernel, singly: Singly, words: Spelling) -> None:
        """Answer by these."""
        self._kernel, self._singly, self._words = kernel, singly, words

    def empty(self, records: int) -> Audits:
        """No answers, for so many records."""
        return Audits.empty(records)

    def many(self, columns: Columns, treatments: Codes) -> tuple[Audits, Flags]:
        """The answers to plain records, and which of these contradict themselves."""
        found = self._kernel.audit(columns, treatments)
        return Audits.of(found, treatments), found.contradicts

    def one(self, good: Good) -> Audits:
        """The answer to one record."""
        return self._singly.audit(good.case, [] if good.treatment is None else [good.treatment])

    def told(self, found: Audits, _: Flags) -> list[pa.Array]:
        """The columns of answers; a row without an answer has none by itself."""
        return audit_columns(found, self._words)


class LongForm:
    """All treatments for each record, a row for each."""

    def __init__(self, kernel: Kernel, singly: Singly, words: Spelling) -> None:
        """Answer by these."""
        self._kernel, self._singly, self._words = kernel, singly, words
        self.width = len(singly.treatments)

    def empty(self, records: int) -> Audits:
        """No answers, for so many records."""
        return Audits.empty(records * self.width)

    def many(self, columns: Columns, _: Codes) -> tuple[Audits, Flags]:
        """The answers to plain records, and which of these contradict themselves."""
        treatments = np.tile(np.arange(self.width, dtype=np.int16), len(columns))
        found = self._kernel.audit(repeated(columns, self.width), treatments)
        return Audits.of(found, treatments), found.contradicts[:: self.width]

    def one(self, good: Good) -> Audits:
        """The answer to one record."""
        return self._singly.audit(good.case, self._singly.treatments)

    def told(self, found: Audits, _: Flags) -> list[pa.Array]:
        """The columns of answers; a row without an answer has none by itself."""
        return audit_columns(found, self._words)


class CompactForm:
    """All treatments for each record, as the set of those at each level."""

    width = 1

    def __init__(self, kernel: Kernel, singly: Singly, words: Spelling) -> None:
        """Answer by these."""
        self._kernel, self._singly, self._words = kernel, singly, words

    def empty(self, records: int) -> Sets:
        """No answers, for so many records."""
        return Sets.empty(records, levels=_LEVELS, words=self._singly.words)

    def many(self, columns: Columns, _: Codes) -> tuple[Sets, Flags]:
        """The answers to plain records, and which of these contradict themselves."""
        found = self._kernel.everything(columns)
        return Sets.of(found), found.contradicts

    def one(self, good: Good) -> Sets:
        """The answer to one record."""
        return self._singly.sets(good.case)

    def told(self, found: Sets, refused: Flags) -> list[pa.Array]:
        """The columns of answers; some of the rows have none."""
        return set_columns(found, self._words, refused)
