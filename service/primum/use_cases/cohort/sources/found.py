"""Finding the files that a caller names, and what they hold."""

import glob
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from primum.foundation.errors import InvalidValue


class Form(StrEnum):
    """What a file holds."""

    PARQUET = "Parquet"
    CSV = "CSV"
    NDJSON = "NDJSON"


_SUFFIXES: Final = {
    ".parquet": Form.PARQUET,
    ".csv": Form.CSV,
    ".csv.gz": Form.CSV,
    ".ndjson": Form.NDJSON,
    ".ndjson.gz": Form.NDJSON,
    ".jsonl": Form.NDJSON,
    ".jsonl.gz": Form.NDJSON,
}
SUFFIXES: Final = tuple(_SUFFIXES)
_WILD: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a cohort, sorted by name, all of one form."""

    form: Form
    paths: tuple[Path, ...]


def find(where: str) -> Found:
    """The files that a path or a glob names; raises InvalidValue where there are none to read.

    In a folder, files whose names begin with `_` or `.` lie beside the cohort, as they do for
    other readers of Parquet datasets.
    """
    paths = _named(where)
    forms = {path: form_of(path) for path in paths}
    first = forms[paths[0]]
    for path, form in forms.items():
        if form is not first:
            raise InvalidValue(
                f"{where} holds {first} ({paths[0].name}) and {form} ({path.name}); a cohort is of "
                "one kind.",
                where="IN",
                found=path.name,
                allowed=(first,),
            )
    return Found(first, tuple(paths))


def form_of(path: Path) -> Form:
    """What a file holds, by its suffix; raises InvalidValue for a suffix that is not known."""
    name = path.name.lower()
    for suffix, form in _SUFFIXES.items():
        if name.endswith(suffix):
            return form
    raise InvalidValue(
        f"{path} is of no kind that is read; the name ends with one of {', '.join(SUFFIXES)}.",
        where="IN",
        found=path.name,
        allowed=SUFFIXES,
    )


def _named(where: str) -> list[Path]:
    """The files that a path or a glob names, sorted."""
    path = Path(where)
    if path.is_dir():
        found = [each for each in path.rglob("*") if each.is_file() and not _beside(each, path)]
        what = "The folder"
    elif path.exists() or not _WILD & set(where):
        _demand_readable(path)
        return [path]
    else:
        # A pattern may begin at the root, where Path.glob does not go.
        names = glob.glob(where, recursive=True)  # noqa: PTH207
        found = [path for path in map(Path, names) if path.is_file()]
        what = "The pattern"
    if not found:
        raise InvalidValue(
            f"{what} {where} names no file; a file ends with one of {', '.join(SUFFIXES)}.",
            where="IN",
            found=where,
            allowed=SUFFIXES,
        )
    return sorted(found)


def _demand_readable(path: Path) -> None:
    """Raise InvalidValue where a path is that of no file."""
    if not path.is_file():
        raise InvalidValue(f"There is no file {path}.", where="IN", found=str(path))


def _beside(path: Path, folder: Path) -> bool:
    """Whether a file lies beside the cohort, or in a folder that does."""
    return any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)
