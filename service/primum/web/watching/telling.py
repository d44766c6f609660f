"""What the watcher tells on the terminal, in sentences."""

from collections.abc import Iterable, Iterator
from typing import Final

from primum.model.remarks import Remark
from primum.web.watching.building import Outcome

_NAMED: Final = 3


def watching(root: str) -> str:
    """That files are looked at."""
    return f"Watching ontology/, rules/ and queries/ in {root}."


def first() -> str:
    """That there is nothing to serve yet."""
    return "There is no release yet: building ..."


def saved(files: tuple[str, ...]) -> str:
    """That an edit was seen, and is being built."""
    if not files:
        return "The release in place is not that of the files: building ..."
    more = len(files) - _NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f"Saved {', '.join(files[:_NAMED])}{rest}: building ..."


def taken_back() -> str:
    """That an edit was undone before it was served."""
    return "The files are again those of the knowledge that is served."


def serving(outcome: Outcome, seconds: float | None) -> str:
    """That an edit is served, `seconds` after it was noticed, where it was."""
    took = "" if seconds is None else f" ({seconds:.1f} s after the edit)"
    text = f"Now serving version {outcome.version}, digest {outcome.digest}{took}."
    if outcome.unready:
        text += f"\nIt is not ready, and /readyz says so: {outcome.unready}"
    return text


def failed(problem: Iterable[Remark]) -> str:
    """What is wrong with an edit that cannot be served."""
    return f"The edit cannot be served; the knowledge from before it still is.\n{broken(problem)}"


def broken(problem: Iterable[Remark]) -> str:
    """What is wrong with files, a line or more for each remark."""
    return "\n".join(line for remark in problem for line in _lines(remark))


def _lines(remark: Remark) -> Iterator[str]:
    """A remark: where, what, and the axioms under it."""
    line = f", line {remark.line}" if remark.line else ""
    where = f"{remark.file}{line}: " if remark.file else ""
    yield f"  {where}{remark.sentence}"
    yield from (f"    {axiom}" for axiom in remark.axiom.splitlines())
