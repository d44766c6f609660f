"""`primum serve --watch`: an edit is built and served; a broken one is told, and is not served."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen

import pytest
from tests.conftest import CopyKnowledge
from tests.web.asking import NEW, OLD, REQUESTS, Asking, asked, seen
from tests.web.edits import (
    MASSAGE,
    NAMES,
    counting,
    moved,
    never,
    save_by_rename,
    save_in_halves,
    saved,
    unclosed,
)
from tests.web.posting import Json
from tests.web.processes import children, command, tree
from tests.web.releases import RULE, copied
from tests.web.wire import PATIENCE, answers, free_port, get, running, told, until

from primum.knowledge import files
from primum.knowledge.locate import Place

COMMAND = str(Path(sys.executable).with_name("primum"))
BUILD_SECONDS = 180
pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Watching:
    """A server that watches a place of its own."""

    place: Place
    port: int
    pid: int
    errors: Path

    @property
    def knowledge(self) -> Json:
        """What is said of the knowledge that is served."""
        found: Json = told(self.port, "/v1/knowledge")
        return found

    @property
    def pending(self) -> Json:
        """What is said of the edit that waits."""
        found: Json = self.knowledge["pendingEdit"]
        return found

    def is_served(self) -> bool:
        """Whether what is served is that of the files, and is said to be."""
        found = self.knowledge
        digest = files.digest(self.place)
        return bool((found["pendingEdit"]["state"], found["digest"]) == ("none", digest))

    def is_settled(self) -> bool:
        """Whether every worker serves what the files say."""
        return all(self.is_served() for _ in range(12))

    def tells(self, state: str) -> bool:
        """Whether every worker tells a state: so many answers in a row are not of one alone."""
        return all(self.pending["state"] == state for _ in range(12))

    def said(self, text: str) -> bool:
        """Whether a text stands on standard error."""
        return text in self.errors.read_text()


@contextmanager
def watching(place: Place, *, workers: int = 1) -> Iterator[Watching]:
    """`primum serve --watch` over a place."""
    port, errors = free_port(), place.root / "errors.txt"
    parts = [COMMAND, "serve", "--watch", "--port", str(port), "--workers", str(workers)]
    with (
        errors.open("wb") as file,
        running(parts, port, "/healthz", file, PRIMUM_KNOWLEDGE=str(place.root)) as process,
    ):
        yield Watching(place, port, process.pid, errors)
        process.terminate()  # in order, so that nothing is left in the folder for such things
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def server(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watching]:
    """A server of two workers that all tests here edit the files of, once those are served."""
    copy = copied(place, tmp_path_factory.mktemp("watched") / "knowledge")
    with watching(copy, workers=2) as found:
        until(found.is_settled, BUILD_SECONDS)
        yield found


@pytest.mark.parametrize(
    ("breaks", "code"),
    [
        (unclosed, "file-unreadable"),
        (never, "class-unsatisfiable"),
        (counting, "axiom-not-compiled"),
    ],
    ids=["syntax", "no member", "outside the fragment"],
)
def test_a_broken_edit_is_told_while_the_old_knowledge_serves(
    server: Watching, breaks: Callable[[Place], str], code: str
) -> None:
    """With its file and line, on the terminal too; and when it is taken back, that is told."""
    before = server.knowledge["digest"]
    with saved(server.place.root / MASSAGE, breaks(server.place)):
        until(lambda: server.tells("failed"), BUILD_SECONDS)
        found = server.pending
        assert found["files"] == [MASSAGE]
        assert found["digest"] == files.digest(server.place) != before
        (problem,) = found["problem"]
        assert (problem["code"], problem["file"]) == (code, MASSAGE)
        assert problem["line"] > 1
        until(lambda: server.said(problem["sentence"]))
        assert server.said(f"Saved {MASSAGE}: building ...")
        assert seen(asked(server.port, REQUESTS[0])) == (before, OLD)
        assert get(server.port, "/readyz").status == 200
    until(lambda: server.tells("none"))
    assert server.knowledge["digest"] == before
    assert server.pending["files"] == server.pending["problem"] == []


def test_an_edited_question_is_served(server: Watching) -> None:
    """It is no part of the release; an editor that saves by renaming is noticed too."""
    path = server.place.root / NAMES
    before = path.read_text()
    digest = server.knowledge["digest"]
    save_by_rename(path, before.replace("# title: ", "# title: Really: ", 1))
    until(lambda: _asks(server, b"Really: "), BUILD_SECONDS)
    assert server.knowledge["digest"] == digest
    save_by_rename(path, before.replace("# title: ", "# titel: ", 1))
    until(lambda: server.tells("failed"), BUILD_SECONDS)
    (problem,) = server.pending["problem"]
    assert (problem["file"], problem["line"]) == (NAMES, 1)
    assert _asks(server, b"Really: ")
    save_by_rename(path, before)
    until(lambda: _asks(server, b"Really: ", not_at_all=True), BUILD_SECONDS)


def _asks(server: Watching, text: bytes, *, not_at_all: bool = False) -> bool:
    """Whether a text stands in the named questions of every worker, or of none."""
    found = (text in get(server.port, "/v1/queries").body for _ in range(12))
    return all(there is not not_at_all for there in found)


def test_an_edit_is_served_by_every_worker_and_no_request_fails(server: Watching) -> None:
    """Though the file is half written for a second, which nobody takes for a broken edit."""
    before, states = server.knowledge["digest"], set[str]()

    def arrived() -> bool:
        states.add(server.pending["state"])
        return server.is_served()

    with Asking(server.port) as asking:
        until(lambda: asking.found.count((before, OLD)) > 20)
        save_in_halves(server.place.root / MASSAGE, moved(server.place), pause=1)
        began = time.monotonic()
        until(arrived, BUILD_SECONDS)
        after, took = files.digest(server.place), time.monotonic() - began
        until(server.is_settled)
        meanwhile, asking.found = asking.found, []
        until(lambda: len(asking.found) > 20)
    print(f"from save to served: {took:.1f} s")
    assert asking.failed == []
    assert set(meanwhile) == {(before, OLD), (after, NEW)}
    assert set(asking.found) == {(after, NEW)}
    assert states <= {"none", "building"}
    until(lambda: server.said(f", digest {after} ("))
    until(lambda: server.said(f"the rule {RULE}"), BUILD_SECONDS)  # which moved the answers


def test_a_worker_that_is_replaced_serves_what_the_others_serve(server: Watching) -> None:
    """Not what the server was started with."""
    digest = server.knowledge["digest"]
    workers = children(server.pid)[1:]
    os.kill(workers[0], signal.SIGKILL)
    until(lambda: len(set(children(server.pid)) - set(workers)) == 2)
    until(lambda: all(server.knowledge["digest"] == digest for _ in range(20)))


def test_who_watches_no_more_is_told(server: Watching) -> None:
    """What was served still is; the state says that edits are not noticed."""
    os.kill(children(server.pid)[0], signal.SIGKILL)
    until(lambda: server.tells("unwatched"))
    assert get(server.port, "/readyz").status == 200


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_server(place: Place, tmp_path: Path, by: signal.Signals) -> None:
    """Whatever ends it in the middle of a build: neither watcher, build and Java, nor workers."""
    copy = copied(place, tmp_path / "knowledge")
    (copy.root / MASSAGE).write_text(moved(copy))  # the release in place is stale from the start
    with watching(copy) as server:
        assert server.pending["state"] == "building"
        until(lambda: any("java" in command(each) for each in tree(server.pid)), BUILD_SECONDS)
        below = tree(server.pid)[1:]
        os.kill(server.pid, by)
        until(lambda: not any(command(each) for each in below))


@pytest.mark.parametrize("breaks", [moved, unclosed])
def test_where_there_is_no_release_one_is_made_first(
    copy_knowledge: CopyKnowledge, breaks: Callable[[Place], str]
) -> None:
    """Where none can be made, the server does not start, and says why."""
    copy = copy_knowledge()
    (copy.root / MASSAGE).write_text(breaks(copy))
    port, errors = free_port(), copy.root / "errors.txt"
    parts = [COMMAND, "serve", "--watch", "--port", str(port)]
    environment = os.environ | {"PRIMUM_KNOWLEDGE": str(copy.root)}
    with (
        errors.open("wb") as file,
        Popen(parts, stdout=DEVNULL, stderr=file, env=environment) as process,
    ):
        until(lambda: answers(port, "/readyz") or process.poll() is not None, BUILD_SECONDS)
        process.terminate()
    text = errors.read_text()
    assert text.startswith("There is no release yet: building ...")
    assert process.returncode == (0 if breaks is moved else 1)
    assert (f"{MASSAGE}, line " in text) == (breaks is unclosed)
