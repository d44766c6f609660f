"""The watcher: sees that files were edited, has them built, and posts how they stand."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from primum.foundation.errors import PrimumError
from primum.knowledge.files import digest
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity
from primum.use_cases.build import is_current
from primum.web.watching import telling
from primum.web.watching.board import Board, Posted
from primum.web.watching.building import Build, Outcome
from primum.web.watching.inputs import Prints, changed, prints, stamps
from primum.web.watching.pending import Pending, State
from primum.web.watching.settling import Settling

IDLE_SECONDS: Final = 0.5
"""How often files are looked at while nothing happens: a look takes half a millisecond."""
BUSY_SECONDS: Final = 0.1
"""How often they are while an edit is under way."""
PATIENCE_SECONDS: Final = 2.0
"""How long files must have stayed the same before they are told to be broken."""
_DIED: Final = Remark(
    "build-died",
    Severity.ERROR,
    "The build came to no end of its own; what it said stands on the terminal of the service.",
)


@dataclass(slots=True)
class Watcher:
    """Looks at one place; one build runs at a time, and a newer edit takes the place of one.

    `tell` is given sentences for who edits. A failure is told once the files have stayed as they
    are for a while: what looks broken may be half written.
    """

    place: Place
    board: Board
    tell: Callable[[str], None]
    _settling: Settling = field(init=False)
    _served: Prints | None = field(init=False)
    _state: State = field(default=State.NONE, init=False)
    _edit: Prints | None = field(default=None, init=False)
    _files: tuple[str, ...] = field(default=(), init=False)
    _build: Build | None = field(default=None, init=False)
    _built: Outcome | None = field(default=None, init=False)
    _moved: str = field(default="", init=False)
    _failed: tuple[Remark, ...] = field(default=(), init=False)
    _revision: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Take the files for those of the release in place, unless they are not."""
        self._settling = Settling(stamps(self.place))
        self._served = prints(self.place) if is_current(self.place) else None
        self._post(State.BUILDING if self._served is None else State.NONE)

    def run(self, *, until: Callable[[], bool]) -> None:
        """Look again and again until there is no use in it; no build outlives this."""
        try:
            if self._served is None:
                self._consider()
            while not until():
                time.sleep(BUSY_SECONDS if self._is_busy else IDLE_SECONDS)
                self.look()
        finally:
            self._stop()

    def look(self) -> None:
        """See what has moved, what came of the build that runs, and what is served by now."""
        now = time.monotonic()
        if self._settling.look(stamps(self.place), now):
            self._consider()
        if self._build:
            self._hear(self._build)
        if self._built and self.board.is_taken(self._revision):
            self._tell_served(self._built, now)
        if self._moved and not self._built:
            self.tell(self._moved)
            self._moved = ""
        if self._failed and self._settling.resting(now) >= PATIENCE_SECONDS:
            self._fail()

    def _hear(self, build: Build) -> None:
        """Take up what is new of the build that runs."""
        found = build.hear()
        if build.is_over:
            self._build = None
        if isinstance(found, Outcome):
            self._finish(found)
        elif found:
            self._moved = found

    @property
    def _is_busy(self) -> bool:
        """Whether something is about to be told."""
        return bool(self._settling.is_moving or self._build or self._built or self._failed)

    def _consider(self) -> None:
        """Build the files as they are now, unless that is done or being done."""
        found = prints(self.place)
        if found == self._edit:
            return
        self._stop()
        self._edit, self._failed, self._moved = found, (), ""
        if found == self._served and is_current(self.place):
            self._take_back()
            return
        self._files = changed(self._served, found) if self._served is not None else ()
        self._post(State.BUILDING)
        self.tell(telling.saved(self._files))
        self._build = Build(self.place, found, self.board.folder / "before")

    def _take_back(self) -> None:
        """Forget an edit that is no more."""
        self._edit, self._files = None, ()
        if self._state is not State.NONE:
            self._post(State.NONE)
            self.tell(telling.taken_back())

    def _finish(self, outcome: Outcome) -> None:
        """Make known what came of a build; one of files that moved meanwhile is nothing."""
        if outcome.has_moved or prints(self.place) != self._edit:
            self._edit = None
            if not self._settling.is_moving:
                self._consider()
        elif outcome.problem or outcome.has_died:
            self._failed = outcome.problem or (_DIED,)
        else:
            self._succeed(outcome)

    def _succeed(self, outcome: Outcome) -> None:
        """Have the release in place served."""
        self._served, self._edit, self._files = self._edit, None, ()
        self._revision += 1
        self._built = outcome
        self._post(State.NONE)

    def _tell_served(self, outcome: Outcome, now: float) -> None:
        """Say that what was built is served by some worker; the others follow at once."""
        self._built = None
        began = self._settling.began
        self.tell(telling.serving(outcome, now - began if began else None))

    def _fail(self) -> None:
        """Say what is wrong with the edit."""
        problem, self._failed = self._failed, ()
        self._post(State.FAILED, problem)
        self.tell(telling.failed(problem))

    def _stop(self) -> None:
        """End the build that runs, if one does."""
        if self._build:
            self._build.stop()
            self._build = None

    def _post(self, state: State, problem: tuple[Remark, ...] = ()) -> None:
        """Post how the files stand to what is served."""
        self._state = state
        pending = Pending.now(state, digest=self._digest(), files=self._files, problem=problem)
        self.board.post(Posted(pending, self._revision))

    def _digest(self) -> str:
        """The digest of the knowledge in the files, "" where one of them is just going."""
        try:
            return digest(self.place)
        except (PrimumError, OSError):
            return ""
