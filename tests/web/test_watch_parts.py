"""What watching is made of: files that move and rest, the board, and workers that follow it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import CopyKnowledge
from tests.web.edits import MASSAGE, NAMES, moved, save_by_rename
from tests.web.every_route import check, described

from primum.cli import commands
from primum.foundation.errors import KnowledgeNotFound, UnreadableFile
from primum.foundation.settings import read_settings
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.served import Served
from primum.web.watching.board import Board, Posted
from primum.web.watching.following import Follower
from primum.web.watching.inputs import changed, prints, stamps
from primum.web.watching.pending import Pending, State
from primum.web.watching.problems import remarks
from primum.web.watching.settling import REST_SECONDS, Settling
from primum.web.watching.telling import failed, saved


def stamped(number: int) -> dict[str, tuple[int, int, int]]:
    """Stamps that differ where the number does."""
    return {"file": (number, 1, 1)}


# --- files ---------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0.01, 1), st.integers(0, 2)), max_size=30))
def test_files_come_to_rest_once_after_each_time_they_move(
    looks: list[tuple[float, int]],
) -> None:
    """At the first look at which nothing has moved for so long, and never without a move."""
    settling, now, last, moved_at = Settling(stamped(0)), 1.0, 0, None
    for passed, number in looks:
        now += passed
        if number != last:
            last, moved_at = number, now
        rests = moved_at is not None and now - moved_at >= REST_SECONDS
        assert settling.look(stamped(number), now) == rests
        if rests:
            moved_at = None
        assert settling.is_moving == (moved_at is not None)


@pytest.fixture(scope="module")
def copy(copy_knowledge: CopyKnowledge) -> Place:
    """A place to edit."""
    return copy_knowledge()


@pytest.mark.parametrize("name", [MASSAGE, NAMES])
def test_every_way_to_save_is_seen(copy: Place, name: str) -> None:
    """In place, by renaming, and with the date and size of before; by removing the file too."""
    path = copy.root / name
    text, before = path.read_text(), stamps(copy)
    kept = path.stat()
    path.write_text(text.replace("a", "b", 1))
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert (edited := stamps(copy)) != before
    save_by_rename(path, text)
    assert (renamed := stamps(copy)) not in (before, edited)
    path.unlink()
    assert stamps(copy) not in (before, edited, renamed)
    path.write_text(text)


def test_only_another_content_is_an_edit(copy: Place) -> None:
    """A file that is saved as it was, and one that nothing is made of, are none."""
    before = prints(copy)
    path = copy.root / MASSAGE
    text = path.read_text()
    path.write_text(text)
    (copy.ontology / ".#injuries.ttl").symlink_to("nobody@nowhere")  # a lock, as Emacs has them
    (copy.ontology / "injuries.ttl~").write_text("a copy")
    assert changed(before, prints(copy)) == ()
    path.write_text(moved(copy))
    (copy.ontology / "further.ttl").write_text("")
    assert changed(before, prints(copy)) == ("ontology/further.ttl", MASSAGE)
    path.write_text(text)
    (copy.ontology / "further.ttl").unlink()
    assert changed(before, prints(copy)) == ()


# --- what is told --------------------------------------------------------------------------------


def test_an_error_that_begins_with_a_file_is_a_remark_on_it() -> None:
    """By its path in the place, with the line where there is one."""
    place = Place(Path("/a place"))
    (found,) = remarks(UnreadableFile("/a place/queries/ask/x.rq:7: no title."), place)
    assert (found.file, found.line, found.sentence) == ("queries/ask/x.rq", 7, "no title.")
    (found,) = remarks(UnreadableFile("ontology/primum.ttl states no version."), place)
    assert (found.file, found.line) == ("", 0)
    assert found.sentence == "ontology/primum.ttl states no version."


def test_a_failure_is_told_in_lines_that_name_file_line_and_axioms() -> None:
    """As a person reads them."""
    found = Remark("c", Severity.ERROR, "It is empty.", file="a.ttl", line=3, axiom="A\nB")
    assert failed([found]).splitlines()[1:] == [
        "  a.ttl, line 3: It is empty.",
        "    A",
        "    B",
    ]


def test_many_files_are_not_all_named() -> None:
    """Three are, and how many there are besides."""
    assert saved(tuple("abcde")) == "Saved a, b, c and 2 more: building ..."


# --- the board, and who follows it ---------------------------------------------------------------


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """A board that is watched."""
    found = Board(tmp_path)
    claim = found.claim()
    yield found
    os.close(claim)


def test_what_is_posted_is_read(board: Board) -> None:
    """Whole; before anything is posted there is nothing."""
    assert board.read() is None
    remark = Remark("code", Severity.ERROR, "A sentence.", file="a.ttl", line=3)
    posted = Posted(Pending.now(State.FAILED, files=("a.ttl",), problem=(remark,)), 7)
    board.post(posted)
    assert board.read() == posted


def test_a_watcher_that_has_ended_watches_no_more(tmp_path: Path) -> None:
    """It need not say so itself: what it held is let go of."""
    board = Board(tmp_path)
    claim = board.claim()
    assert board.is_watched()
    os.close(claim)
    assert not board.is_watched()


@pytest.fixture
def served(primum: Primum) -> Served:
    """The shipped knowledge."""
    return Served.over(primum, read_settings())


def test_a_worker_tells_what_is_posted_and_loads_only_what_is_new(
    board: Board, served: Served
) -> None:
    """What is served and what is told of the files change in one step."""
    loaded: list[Served] = []

    def load() -> Served:
        loaded.append(replace(served))
        return loaded[-1]

    current = Current(served)
    follower = Follower(current, board, load)
    follower.look()
    assert current.served.pending is None
    building = Pending.now(State.BUILDING)
    board.post(Posted(building))
    follower.look()
    assert current.served.pending == building
    assert len(loaded) == 0
    assert current.served.content != served.content
    done = Pending.now(State.NONE)
    board.post(Posted(done, 1))
    follower.look()
    follower.look()
    assert current.served.pending == done
    assert len(loaded) == 1
    current.served.validation.close()


def test_what_a_worker_cannot_load_leaves_the_old_knowledge_serving(
    board: Board, served: Served
) -> None:
    """And is told as a problem."""

    def load() -> Served:
        raise KnowledgeNotFound("It is gone.")

    current = Current(served)
    follower = Follower(current, board, load)
    board.post(Posted(Pending.now(State.NONE), 1))
    follower.look()
    assert current.served.primum is served.primum
    assert current.served.pending is not None
    assert current.served.pending.state is State.FAILED
    assert current.served.pending.problem[0].sentence == "It is gone."


# --- how it looks from outside -------------------------------------------------------------------


def test_the_description_fits_what_is_said_of_an_edit(served: Served) -> None:
    """Nobody who watches nothing is told of edits; a copy serves until the edit changes."""
    remark = Remark("code", Severity.ERROR, "A sentence.", file="a.ttl", line=3)
    current = Current(served)
    client = create_app(current).test_client()
    plain = client.get("/v1/knowledge")
    assert "pendingEdit" not in plain.get_json()
    for pending in (
        Pending.now(State.NONE, digest="sha256:0"),
        Pending.now(State.FAILED, files=("a.ttl",), problem=(remark,)),
    ):
        current.replace(replace(served, pending=pending))
        response = client.get("/v1/knowledge", headers={"If-None-Match": plain.headers["ETag"]})
        assert response.status_code == 200
        check(described(client), "Release", response.get_json())
        check(described(client), "PendingEdit", response.get_json()["pendingEdit"])
    assert response.get_json()["pendingEdit"]["problem"] == [
        {"code": "code", "severity": "error", "sentence": "A sentence.", "file": "a.ttl", "line": 3}
    ]


@pytest.mark.parametrize(
    ("options", "store", "says"),
    [
        (["--dataset", "any.ttl"], "", "Give one of the two"),
        ([], "http://127.0.0.1:1/query", "Unset PRIMUM_STORE"),
    ],
    ids=["a file", "a store elsewhere"],
)
def test_there_is_no_watching_where_an_edit_would_not_be_served(
    options: list[str], store: str, says: str
) -> None:
    """It is wrong use, told before anything is started."""
    found = CliRunner().invoke(
        commands, ["serve", "--watch", *options], env={"PRIMUM_STORE": store}
    )
    assert found.exit_code == 2
    assert says in found.output
