"""The layout in which Protégé's library, the OWL API, saves Turtle; written without Java.

`normalised` gives a text the layout, byte by byte, so that a file that was edited by hand, by a
program or in Protégé shows the edit and nothing else. What the layout is, and how closely it is
met, is in `service/decisions/0016-the-layout-of-protege.md`.

Text → `reading` (every triple accounted for) → `objects`, which sort as the OWL API's do →
`sections` → `translating` (triples and numbered nodes) → `writing`.
"""

from primum.foundation.errors import UnwritableAxiom
from primum.knowledge.layout.reading import read
from primum.knowledge.layout.sections import write


def normalised(text: str, *, name: str) -> str:
    """Turtle as the OWL API writes it; `name` is the file's, for errors.

    Raises UnreadableFile, with the line, where the text is no Turtle, and UnwritableAxiom, with
    what it is, for what is not known how to write; nothing is ever dropped.
    """
    document, prefixes = read(text, name)
    written = write(document, prefixes)
    if read(written, name)[0] != document:
        raise UnwritableAxiom(f"{name}: what was written does not read as what was meant.")
    return written


__all__ = ["normalised"]
