"""Reading whole numbers that people write, with an error that says what is allowed."""

import re
from typing import Final

from primum.foundation.errors import InvalidValue

_WHOLE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


def read_whole(text: str, *, where: str, least: int = 0, most: int) -> int:
    """The whole number from `least` to `most` that a text spells in digits.

    Raises InvalidValue for anything else; `where` names the parameter or variable.
    """
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
        raise InvalidValue(
            f"{where} is {text!r}; it is a whole number from {least} to {most}.",
            where=where,
            found=text,
            allowed=(f"{least} to {most}",),
        )
    return int(text)
