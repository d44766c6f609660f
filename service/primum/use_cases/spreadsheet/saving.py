"""Saving several files at once: all of them, or none."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def save_all(texts: Mapping[Path, str]) -> None:
    """Replace each file by its new text; where one cannot be replaced, none is.

    New texts are written beside the files first, under names that no reader of knowledge takes.
    """
    written: dict[Path, Path] = {}
    before = {path: path.read_bytes() for path in texts}
    done: list[Path] = []
    try:
        for path, text in texts.items():
            written[path] = _beside(path, text.encode())
        for path in texts:
            written[path].replace(path)
            done.append(path)
    except OSError:
        for path in done:
            _beside(path, before[path]).replace(path)
        raise
    finally:
        for new in written.values():
            new.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    """A file in the same folder, with the rights of the one that it is to replace."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new = Path(name)
    new.chmod(path.stat().st_mode)
    return new
