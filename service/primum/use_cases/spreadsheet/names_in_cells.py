"""Names in cells: one term, or several with `and` or `or` between them."""

import re
from dataclasses import dataclass

from primum.foundation.errors import QuestionError
from primum.use_cases.spreadsheet.faults import Refused
from primum.use_cases.spreadsheet.known import Known


@dataclass(frozen=True, slots=True)
class Listed:
    """A cell of names of one kind, with a word between them."""

    kind: str
    words: tuple[str, ...]

    def read(self, known: Known, text: str) -> str:
        """The ids of what is named, with the same word between them."""
        iris, word = self.iris(known, text)
        return f" {word} ".join(known.slug(iri) for iri in iris)

    def iris(self, known: Known, text: str) -> tuple[tuple[str, ...], str]:
        """What is named, each once, and the word that stood between the names."""
        names = known.names[self.kind]
        alone = names.known(text)
        word = "" if alone else self._word(text)
        parts = re.split(rf"\s+{word}\s+", text, flags=re.IGNORECASE) if word else [text]
        try:
            found = [names.find(part, where="").iri for part in parts]
        except QuestionError as error:
            raise Refused.by(error) from error
        return tuple(dict.fromkeys(found)), word or self.words[0]

    def _word(self, text: str) -> str:
        """The word that joins the names in a text; "" where there is one name."""
        used = [w for w in self.words if re.search(rf"\s{w}\s", text, flags=re.IGNORECASE)]
        if len(used) > 1:
            raise Refused(
                "Both and and or stand here, which can be read in two ways. Use one of them, or "
                "clear the plain columns and say all of it in the column condition."
            )
        return used[0] if used else ""
