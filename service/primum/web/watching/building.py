"""One build of an edit, in a process of its own that ends with its reasoner when it is stopped.

The process gives the memory back that building takes, and can be stopped whatever the reasoner
is at. Nothing is put in place unless all of it can be served and no file has moved meanwhile.
"""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from primum.cage.confine import end_with_parent
from primum.foundation.errors import OutsideFragment, PrimumError
from primum.knowledge.locate import Place
from primum.knowledge.release import Release, load_release, open_release, write_release
from primum.model.remarks import Remark
from primum.reasoning.engine import Engine
from primum.use_cases.build import is_current, make
from primum.use_cases.checks.consistency import consistency
from primum.use_cases.checks.fragment import fragment
from primum.use_cases.checks.record_shapes import record_shapes
from primum.use_cases.checks.subject import Subject
from primum.use_cases.checks.syntax import syntax
from primum.use_cases.named.questions import Questions
from primum.use_cases.question import Vocabulary
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum
from primum.web.readiness import failing
from primum.web.watching.consequences import consequences, keep
from primum.web.watching.inputs import Prints, prints
from primum.web.watching.problems import remarks

_FORK: Final = get_context("fork")
_JAVA_OPTIONS: Final = "JDK_JAVA_OPTIONS"
_SHORT_RUNS: Final = "-XX:TieredStopAtLevel=1"
"""Java optimises for long runs; without that the reasoner takes 2.9 s of computing, not 4.7 s."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: a release in place, a problem, or files that moved meanwhile.

    `unready` says what is wrong with the answer to the known question, "" where nothing is.
    """

    version: str = ""
    digest: str = ""
    unready: str = ""
    problem: tuple[Remark, ...] = ()
    has_moved: bool = False
    has_died: bool = False


class Build:
    """A build that runs, and then compares what it made with what was there before."""

    def __init__(self, place: Place, expected: Prints, before: Path | None = None) -> None:
        """Begin to build the files as their prints say that they are.

        In the folder `before` the release is kept that is in place now, to compare with.
        """
        self._said, sender = _FORK.Pipe(duplex=False)
        given = place, expected, before, sender, os.getpid()
        self._process = _FORK.Process(target=_work, args=given, name="primum-build")
        self._process.start()
        sender.close()
        self._has_told = self.is_over = False

    def hear(self, seconds: float | None = 0.0) -> Outcome | str | None:
        """What is new: first what came of it, later which answers moved, None for nothing.

        `seconds` to wait, None for ever.
        """
        if self.is_over or not self._said.poll(seconds):
            return None
        try:
            found: Outcome | str = self._said.recv()
        except EOFError:
            self._process.join()
            self.is_over = True
            return None if self._has_told else Outcome(has_died=True)
        self._has_told = True
        return found

    def stop(self) -> None:
        """End the process and all that it has started, at once."""
        if self._process.pid is not None and not self.is_over:
            with suppress(ProcessLookupError):  # it is not yet the first of its group
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.join()


def build(place: Place, expected: Prints) -> Outcome:
    """Make a release, see that it can be served, and put it in place.

    Files that are not as expected, before or afterwards, leave everything as it is.
    """
    if prints(place) != expected:
        return Outcome(has_moved=True)
    try:
        problem, release, content = _candidate(place)
        primum = _served_by(place, release) if release else None
    except (PrimumError, OSError) as error:
        problem, primum = remarks(error, place), None
    if prints(place) != expected:
        return Outcome(has_moved=True)
    if primum is None:
        return Outcome(problem=problem)
    unready = failing(primum, primum.release.knowledge.readiness) or ""
    manifest = primum.release.manifest
    if content is not None:
        write_release(place.release, manifest, content)
    return Outcome(manifest.version, manifest.digest, unready=unready)


def _candidate(place: Place) -> tuple[tuple[Remark, ...], Release | None, bytes | None]:
    """What is wrong with the files, or their release; its dataset where it is not in place yet."""
    if is_current(place):
        return (), load_release(place.release), None
    subject = Subject(place)
    if problem := _found_in(subject):
        return problem, None, None
    manifest, content = make(place, subject.compiled)
    return (), open_release(manifest, content), content


def _found_in(subject: Subject) -> tuple[Remark, ...]:
    """What keeps a release from being made, as `primum check` says it.

    What rests on something broken is not looked at.
    """
    if found := tuple(syntax(subject)) or tuple(consistency(subject)):
        return found
    try:
        _ = subject.compiled
    except OutsideFragment:
        return (*fragment(subject), *record_shapes(subject))
    return tuple(record_shapes(subject))


def _served_by(place: Place, release: Release) -> Primum:
    """What would serve a release; raises KnowledgeError where a part of it cannot be served."""
    primum = Primum(place, release, Vocabulary(release.knowledge), Engine(release.knowledge))
    Questions.of(primum)
    Records.of(release, primum.vocabulary)
    return primum


def _work(
    place: Place, expected: Prints, before: Path | None, sender: Connection, parent: int
) -> None:
    """Build in this process, the first of a group that a signal ends as a whole."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end_group)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        return
    os.environ.setdefault(_JAVA_OPTIONS, _SHORT_RUNS)
    kept = keep(place, before) if before else ""
    found = build(place, expected)
    sender.send(found)
    if before and kept and found.digest and found.digest != kept:
        sender.send(consequences(before, place))


def _end_group(*_: object) -> None:
    """End this process and the reasoner that it waits for."""
    os.killpg(0, signal.SIGKILL)
