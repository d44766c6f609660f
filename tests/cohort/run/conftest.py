"""Fixtures of the tests of runs: a small example in every form, and a run of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from primum.use_cases.cohort.engines.registry import job
from primum.use_cases.cohort.examples.example import Example
from primum.use_cases.cohort.examples.files import write_example
from primum.use_cases.cohort.examples.spread import Spread
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.running.folder import Folder
from primum.use_cases.cohort.running.plan import Order
from primum.use_cases.cohort.running.run import Outcome
from primum.use_cases.cohort.running.summary import write_summary
from primum.use_cases.service import Primum

RunFile = Callable[..., Outcome]
MakeFile = Callable[..., Path]


@pytest.fixture(scope="session")
def example(primum: Primum) -> Example:
    """An audit without bad rows."""
    return Example(Spread.of(primum.release.knowledge), Rows.AUDIT, seed=8)


@pytest.fixture
def make(example: Example, tmp_path: Path) -> MakeFile:
    """Writes an example to a file of some name."""

    def made(name: str, rows: int = 400, *, form: Rows = Rows.AUDIT, faults: float = 0) -> Path:
        one, path = replace(example, rows=form, faults=faults), tmp_path / name
        path.parent.mkdir(exist_ok=True)
        write_example(one.batches(rows), one.schema, path, lambda _: None)
        return path

    return made


@pytest.fixture
def run(primum: Primum, tmp_path: Path) -> RunFile:
    """Answers an input into the folder `out`, or another one beside it."""

    def ran(where: Path | str, options: Options | None = None, **order: Any) -> Outcome:
        form = order.pop("summary", "html")
        wanted = Order(tmp_path / order.pop("into", "out"), **order)

        def finish(folder: Folder, outcome: Outcome) -> None:
            write_summary(primum, folder, outcome, form)

        return job("arrow", primum, str(where), options or Options(), wanted)(
            lambda _: None, finish
        )

    return ran
