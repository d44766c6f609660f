"""A clinicians' case: a sentence, where it follows from, a record, and what must follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from primum.model.cases import Case
from primum.model.spans import Span
from primum.use_cases.question import Asked


@dataclass(frozen=True, slots=True)
class Clinical:
    """One case as it stands in a file.

    `record` is what `asked` means; where the file gives `between`, that half-open range of hours
    since onset stands in the record alone. `expected` maps a key to what it expects per treatment,
    by the treatment's IRI.
    """

    topic: str
    says: str
    follows: str
    asked: Asked
    between: Span | None
    record: Case
    expected: Mapping[str, Mapping[str, Any]]

    @property
    def source(self) -> str:
        """The key of the source that the case follows from."""
        return self.follows.partition(",")[0]
