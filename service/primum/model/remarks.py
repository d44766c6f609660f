"""What a check of the knowledge finds: one sentence each, with the place it is about."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a remark weighs; only an error says that the knowledge is not fit to be relied on.

    A warning asks a curator to look, an info tells what may well stay as it is.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found in the knowledge, said in a full sentence.

    `code` names the kind of finding for good, in kebab case. `file` is relative to the folder of
    the knowledge, with `/` between its parts; `line` counts from 1 and is 0 where the file as a
    whole is meant. `term` is an IRI, `axiom` in Manchester syntax or words. `witness` is a record
    for which the finding shows, in words or as a query string, `span` the hours since onset at
    which it does. What does not apply is "" or 0.
    """

    code: str
    severity: Severity
    sentence: str
    file: str = ""
    line: int = 0
    term: str = ""
    axiom: str = ""
    witness: str = ""
    span: str = ""
