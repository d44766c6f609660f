"""An error of the knowledge as a remark, which names the file and the line at fault."""

import re
from typing import Final

from primum.foundation.errors import PrimumError
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity

CODE: Final = "not-servable"
_PLACE: Final = re.compile(r"(?P<file>[^\s:][^:\n]*\.(?:ttl|tsv|rq)):(?:(?P<line>\d+):)? ?")


def remarks(error: PrimumError | OSError, place: Place) -> tuple[Remark, ...]:
    """What an error says, with the file and line that it begins with, if it does."""
    text = str(error).replace(f"{place.root}/", "")
    found = _PLACE.match(text)
    if found is None:
        return (Remark(CODE, Severity.ERROR, text),)
    file, line = found["file"], int(found["line"] or 0)
    return (Remark(CODE, Severity.ERROR, text[found.end() :], file=file, line=line),)
