"""The query parameters in which routes take a question."""

from primum.model.levels import Screening
from primum.use_cases.question import Asked
from primum.web.parameters import Parameters

SINGLE = ("injury", "grade", "day", "hours", "onset", "at", "age", "treatment", "screening")
REPEATED = ("factor", "without")


def asked_in(given: Parameters) -> Asked:
    """The question that the parameters of a request ask."""
    screening = given.one("screening")
    return Asked(
        injury=given.needed("injury"),
        grade=given.one("grade"),
        day=given.one("day"),
        hours=given.one("hours"),
        present=given.many("factor"),
        absent=given.many("without"),
        screening=Screening.ASSUME_CLEAR if screening is None else screening,
        age=given.one("age"),
        onset=_dated(given.one("onset")),
        at=_dated(given.one("at")),
    )


def _dated(text: str | None) -> str | None:
    """A date as it was meant: a plus that a caller did not encode arrives as a space."""
    return None if text is None else text.replace(" ", "+")
