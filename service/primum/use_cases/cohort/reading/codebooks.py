"""Texts as codes: each distinct text is read once, by the reader of plainly good records."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as at

from primum.foundation.names import Record
from primum.model.knowledge import Knowledge
from primum.model.terms import Term
from primum.reasoning.cohort.columns import Codes, Flags
from primum.use_cases.cohort.reading.cells import MISSING, UNREADABLE, encoded, looked_up
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.records import Records
from primum.use_cases.records.tree import Node

Read = Callable[[str], int]
_MOST_KEPT: Final = 100_000


class Codebook:
    """The codes of texts; those that were seen are kept, so that batches share them.

    `read` gives the code of a text, UNREADABLE for one that is left to be read one by one.
    """

    def __init__(self, read: Read) -> None:
        """Know nothing yet."""
        self._read = read
        self._known: dict[str | None, int] = {None: MISSING, "": MISSING}

    def of(self, column: pa.Array) -> Codes:
        """The code of each value of a column of text, MISSING where there is none."""
        values, indices, there = encoded(column)
        table = np.fromiter(map(self.code, texts(values)), np.int16, len(values))
        return cast("Codes", looked_up(table, indices, there, missing=MISSING))

    def code(self, text: str | None) -> int:
        """The code of a text."""
        found = self._known.get(text)
        if found is None:
            found = self._read(text or "")
            if len(self._known) < _MOST_KEPT:
                self._known[text] = found
        return found


def texts(values: pa.Array) -> list[str | None]:
    """The texts of a column; one that is not of its encoding is shown as far as it can be."""
    try:
        return cast("list[str | None]", values.to_pylist())
    except UnicodeDecodeError:
        raw = values.cast(pa.large_binary()).to_pylist()
        return [None if one is None else one.decode(errors="replace") for one in raw]


class Books:
    """The codebooks of one knowledge base."""

    def __init__(self, records: Records, knowledge: Knowledge) -> None:
        """Make them from the reader of plainly good records."""
        self._records = records
        self._injury = {"type": knowledge.injuries[0].id}
        terms = (knowledge.injuries, knowledge.treatments, knowledge.factors)
        by_injury, by_treatment, by_factor = map(_numbered, terms)
        self.injuries = Codebook(lambda text: self._injury_of(text, by_injury))
        self.treatments = Codebook(lambda text: self._treatment_of(text, by_treatment))
        self.factors = Codebook(lambda text: self._factor_of(text, by_factor))
        self.sides = Codebook(self._side_of)
        self._longest = records.shapes.forms[""].members["id"].most or 0

    def grades(self, injuries: Iterable[Term], most: int) -> Any:
        """For each injury, whether a grade is plainly good; 0 is none at all."""
        return np.asarray(
            [
                [True, *(self._has_grade(term.id, grade) for grade in range(1, most + 1))]
                for term in injuries
            ]
        )

    def _has_grade(self, injury: str, grade: int) -> bool:
        """Whether an injury with a grade is plainly good."""
        return self._tree({"injury": {"type": injury, "grade": grade}}) is not None

    def _tree(self, document: dict[str, Any]) -> Node | None:
        """The tree of a record; None where it is not plainly good."""
        try:
            return self._records.read({"injury": self._injury, **document})
        except NotPlain:
            return None

    def _injury_of(self, text: str, numbers: Mapping[Any, int]) -> int:
        """The number of an injury."""
        tree = self._tree({"injury": {"type": text}})
        node = None if tree is None else tree.node(Record.INJURY)
        return _number(node, Record.TYPE, numbers)

    def _treatment_of(self, text: str, numbers: Mapping[Any, int]) -> int:
        """The number of a treatment."""
        tree = self._tree({"treatments": [{"type": text}]})
        node = None if tree is None else tree.node(Record.TREATMENT)
        return _number(node, Record.TYPE, numbers)

    def _factor_of(self, text: str, numbers: Mapping[Any, int]) -> int:
        """The number of a factor."""
        tree = self._tree({"patient": {"factors": {"present": [text], "absent": []}}})
        also = self._tree({"patient": {"factors": {"absent": [text]}}})
        patient = None if tree is None or also is None else tree.node(Record.PATIENT)
        node = None if patient is None else patient.node(Record.FACTORS)
        return _number(node, Record.PRESENT, numbers)

    def _side_of(self, text: str) -> int:
        """0 for a side of the body."""
        return _plain(self._tree({"injury": {**self._injury, "side": text}}))

    def too_long(self, column: pa.Array) -> Flags | None:
        """The rows whose id may be longer than a record lets it be."""
        if isinstance(column, pa.DictionaryArray):
            column = column.dictionary_decode()
        if at.is_string_view(column.type):
            column = column.cast(pa.string())
        longest = pc.max(pc.binary_length(column)).as_py()
        if longest is None or longest <= self._longest:
            return None
        beyond = pc.greater(pc.binary_length(column), self._longest).fill_null(False)
        return cast("Flags", beyond.to_numpy(zero_copy_only=False))


def _numbered(terms: Iterable[Term]) -> dict[Any, int]:
    """The number of each term."""
    return {term.iri: number for number, term in enumerate(terms)}


def _number(node: Node | None, iri: str, numbers: Mapping[Any, int]) -> int:
    """The number of the term that a node names by a property."""
    return UNREADABLE if node is None else numbers.get(node.one(iri), UNREADABLE)


def _plain(tree: Node | None) -> int:
    """0 for a record that is plainly good."""
    return UNREADABLE if tree is None else 0
