"""Bring edited files into the layout in which Protégé's library saves them."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copymode
from types import MappingProxyType

from primum.foundation.errors import KnowledgeNotFound, UnreadableFile
from primum.knowledge import files
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place
from primum.use_cases.exporting.obo_definitions import NAME, obo_definitions


@dataclass(frozen=True, slots=True)
class Normalised:
    """A file, what it holds in the layout, and how many lines that adds and removes."""

    path: Path
    name: str
    text: str
    lines: int


def files_to_normalise(place: Place, given: Sequence[Path] = ()) -> list[Path]:
    """The files given, those in the folders given, or all of the knowledge; never shapes.

    Raises KnowledgeNotFound for what is not there.
    """
    if not given:
        return files.knowledge_files(place)
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += [one for one in sorted(path.rglob("*.ttl")) if _is_knowledge(one)]
        elif path.is_file():
            found.append(path)
        else:
            raise KnowledgeNotFound(f"{path}: there is no such file or folder.")
    return list(dict.fromkeys(found))


def _is_knowledge(path: Path) -> bool:
    """Whether a file of a folder is meant: not a shape, which Protégé would destroy, nor hidden."""
    return path.parent.name != "shapes" and not path.name.startswith(".")


def generated(place: Place) -> dict[Path, str]:
    """The modules of the ontology that are written from the others, as they should read now."""
    module = place.root / NAME
    return {module: obo_definitions(place)} if module.is_file() else {}


def normalise(
    paths: Iterable[Path],
    *,
    root: Path,
    write: bool = True,
    fixed: Mapping[Path, str] = MappingProxyType({}),
) -> list[Normalised]:
    """All of the files; those not in the layout are written, once all are known to be writable.

    Of those in `fixed` it is known what they should read, whatever they read now.

    Raises UnreadableFile with file and line for what does not parse, and UnwritableAxiom for what
    is not known how to write; then nothing is written.
    """
    found = [_normalised(path, root, fixed.get(path)) for path in paths]
    for one in found:
        if write and one.lines:
            _replace(one.path, one.text)
    return found


def _normalised(path: Path, root: Path, fixed: str | None) -> Normalised:
    """One file in the layout, or as it is known to read."""
    name = _name(path, root)
    try:
        before = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{name}: byte {error.start} is no UTF-8.") from error
    after = normalised(before, name=name) if fixed is None else fixed
    return Normalised(path, name, after, changed_lines(before, after))


def _name(path: Path, root: Path) -> str:
    """A file as people call it: from the root of the knowledge where it lies there."""
    whole = path.resolve()
    return (whole.relative_to(root) if whole.is_relative_to(root) else path).as_posix()


def changed_lines(before: str, after: str) -> int:
    r"""How many lines are removed and added between two texts.

    >>> changed_lines("a\nb\n", "a\nc\nd\n")
    3
    """
    if before == after:
        return 0
    old, new = before.split("\n"), after.split("\n")
    matches = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return sum(
        (old_end - old_start) + (new_end - new_start)
        for what, old_start, old_end, new_start, new_end in matches
        if what != "equal"
    )


def _replace(path: Path, text: str) -> None:
    """Put a text in the place of a file in one step."""
    with tempfile.NamedTemporaryFile(
        "wb", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        fresh = Path(file.name)
        file.write(text.encode())
    copymode(path, fresh)
    fresh.replace(path)
