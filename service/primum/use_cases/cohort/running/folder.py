"""The folder that a run writes to, and how it becomes the output, whole or not at all."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.running.counts import Counts

UNFINISHED: Final = ".unfinished"
REPLACED: Final = ".replaced"
SUMMARY: Final = "_summary.json"
REJECTS: Final = "_rejects.ndjson"
_WORK: Final = "_work"
_PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """The places of a run: `output` is where it ends, `root` where it works meanwhile.

    What a reader of Parquet datasets must not see begins with an underscore.
    """

    output: Path

    @property
    def root(self) -> Path:
        """Where the run works."""
        return self.output.with_name(self.output.name + UNFINISHED)

    @property
    def _work(self) -> Path:
        """What is needed until the run has ended."""
        return self.root / _WORK

    @property
    def reasons(self) -> Path:
        """The second table."""
        return self.root / "_reasons"

    def part(self, number: int) -> Path:
        """The answers of a chunk."""
        return self.root / f"part-{number:05}.parquet"

    def reasons_part(self, number: int) -> Path:
        """The reasons of a chunk."""
        return self.reasons / f"part-{number:05}.parquet"

    def rdf_part(self, number: int) -> Path:
        """The rows and answers of a chunk as RDF."""
        return self.root / "_rdf" / f"part-{number:05}.nt"

    def rejects(self, number: int) -> Path:
        """The rejects of a chunk."""
        return self._work / f"rejects-{number:05}.ndjson"

    def _counts(self, number: int) -> Path:
        """The counts of a chunk, which say that it is done."""
        return self._work / f"counts-{number:05}.json"

    def begin(self, plan: Mapping[str, Any], *, resume: bool, overwrite: bool) -> None:
        """Make the folder, or go on with one; raises InvalidValue where that is not wanted.

        Nothing that this program has not written is ever replaced.
        """
        self._demand_output(overwrite=overwrite)
        if self.root.exists():
            if resume:
                self._demand_same(plan)
                return
            if not overwrite:
                raise InvalidValue(
                    f"{self.root} is left of a run that did not end. Go on with --resume, or "
                    "begin anew with --overwrite.",
                    where="-o",
                    found=str(self.root),
                    allowed=("--resume", "--overwrite"),
                )
            self.remove()
        self._work.mkdir(parents=True)
        _write(self._work / _PLAN, plan)

    def _demand_output(self, *, overwrite: bool) -> None:
        """Raise InvalidValue where something stands in the place of the output."""
        if not self.output.exists():
            return
        if not (self.output / SUMMARY).is_file():
            raise InvalidValue(
                f"{self.output} is there and is no output of this command; name another place.",
                where="-o",
                found=str(self.output),
            )
        if not overwrite:
            raise InvalidValue(
                f"{self.output} is there already. Replace it with --overwrite, or name another "
                "place.",
                where="-o",
                found=str(self.output),
                allowed=("--overwrite",),
            )

    def _demand_same(self, plan: Mapping[str, Any]) -> None:
        """Raise InvalidValue where the unfinished run was planned otherwise."""
        path = self._work / _PLAN
        before = _flat(json.loads(path.read_text()) if path.is_file() else {})
        wanted = _flat(json.loads(json.dumps(plan)))
        other = [name for name in {**before, **wanted} if before.get(name) != wanted.get(name)]
        if other:
            told = "; ".join(
                f"{n}: {_short(before.get(n))}, now {_short(wanted.get(n))}" for n in other
            )
            raise InvalidValue(
                f"{self.root} cannot be resumed, because it was begun otherwise ({told}). Begin "
                "anew with --overwrite.",
                where="--resume",
                found=", ".join(other),
                allowed=("--overwrite",),
            )

    def finish(self, number: int, counts: Mapping[str, Any]) -> None:
        """Say that a chunk is done."""
        _write(self._counts(number), counts)

    def done(self) -> Iterator[tuple[int, Counts]]:
        """The chunks that are done, in order, with their counts."""
        for path in sorted(self._work.glob("counts-*.json")):
            number = int(path.stem.removeprefix("counts-"))
            yield number, Counts.read(json.loads(path.read_text()))

    def first_reject(self) -> dict[str, Any] | None:
        """The reject that comes first in the input; None where there is none."""
        for path in sorted(self._work.glob("rejects-*.ndjson")):
            with path.open() as lines:
                for line in lines:
                    found: dict[str, Any] = json.loads(line)
                    return found
        return None

    def join_rejects(self) -> Path | None:
        """Put all rejects in one file, in the order of the input; None where there are none."""
        found = sorted(self._work.glob("rejects-*.ndjson"))
        if not found:
            return None
        joined = self.root / REJECTS
        with joined.open("wb") as into:
            for path in found:
                with path.open("rb") as one:
                    shutil.copyfileobj(one, into)
        return self.output / REJECTS

    def end(self) -> None:
        """Make the folder the output, in place of an earlier one."""
        shutil.rmtree(self._work)
        replaced = self.output.with_name(self.output.name + REPLACED)
        if self.output.exists():
            self.output.rename(replaced)
        self.root.rename(self.output)
        if replaced.exists():
            shutil.rmtree(replaced)

    def remove(self) -> None:
        """Remove what the run has written."""
        shutil.rmtree(self.root)


def _write(path: Path, document: Mapping[str, Any]) -> None:
    """A document as JSON, there as a whole or not at all."""
    scratch = path.with_name(path.name + ".tmp")
    scratch.write_text(json.dumps(document, indent=1, ensure_ascii=False))
    scratch.replace(path)


def _flat(plan: Mapping[str, Any]) -> dict[str, Any]:
    """A plan with what stands in its objects beside the rest."""
    found: dict[str, Any] = {}
    for name, value in plan.items():
        found |= value if isinstance(value, dict) else {name: value}
    return found


def _short(value: Any) -> str:
    """A value of a plan, shortened where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN: Final = 80
