"""Another release is put in place while questions are asked: old or new, whole, and none fails."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.web.asking import AS_TURTLE, AS_TURTLE_SENT, NEW, OLD, REQUESTS, Asking, asked, seen
from tests.web.posting import TURTLE
from tests.web.processes import serving
from tests.web.releases import (
    MOVED,
    copied,
    damage,
    half_a_manifest,
    moved,
    of_another_format,
    put,
    without_manifest,
)
from tests.web.wire import answers, free_port, running, until

from primum.foundation.settings import read_settings
from primum.knowledge.locate import Place
from primum.knowledge.release import read_manifest
from primum.web.served import Served

COMMAND = str(Path(sys.executable).with_name("primum"))
BREAKS = (damage, of_another_format, without_manifest, half_a_manifest)
ARRIVAL_SECONDS = 90


@pytest.fixture
def place(place: Place, tmp_path: Path) -> Place:
    """A copy of the knowledge with its release, to put others in place of."""
    return copied(place, tmp_path / "knowledge")


@contextmanager
def served(place: Place, *, workers: int = 1, seconds: int = 1) -> Iterator[tuple[int, int]]:
    """The port and process of `primum serve` over a place, which it looks at now and then."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--workers", str(workers)]
    settings = {"PRIMUM_KNOWLEDGE": str(place.root), "PRIMUM_RELOAD_SECONDS": str(seconds)}
    with running(command, port, "/healthz", **settings) as process:
        yield port, process.pid


def settled(port: int, digest: str, request: bytes = REQUESTS[0]) -> Callable[[], bool]:
    """Whether so many answers in a row are of a release that every worker must have it."""
    return lambda: all(seen(asked(port, request))[0] == digest for _ in range(12))


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_answers_are_of_the_old_release_or_of_the_new(place: Place, workers: int) -> None:
    """Under constant questions, no answer mixes them, none fails, and the new one arrives."""
    before, release = read_manifest(place.release).digest, moved(place, MOVED)
    with served(place, workers=workers) as (port, _), Asking(port) as asking:
        until(lambda: asking.found.count((before, OLD)) > 20 * workers)
        until(settled(port, before, AS_TURTLE_SENT))
        after = put(place, release)
        until(settled(port, after), ARRIVAL_SECONDS)
        meanwhile, asking.found = asking.found, []
        until(lambda: len(asking.found) > 20)
    assert asking.failed == []
    assert set(meanwhile) == {(before, OLD), (after, NEW)}
    assert set(asking.found) == {(after, NEW)}


@pytest.mark.slow
def test_a_broken_release_leaves_the_old_one_serving(place: Place) -> None:
    """In every route; and a good one that is put in place afterwards is served."""
    whole, release = read_manifest(place.release), moved(place, MOVED)
    content = (place.release / whole.dataset).read_bytes()
    with served(place) as (port, _):
        assert {seen(asked(port, request)) for request in REQUESTS} == {(whole.digest, OLD)}
        for breaks in BREAKS:
            breaks(place)
            time.sleep(1.3)
            assert {seen(asked(port, request)) for request in REQUESTS} == {(whole.digest, OLD)}
            put(place, (whole, content))
        after = put(place, release)
        until(settled(port, after), ARRIVAL_SECONDS)
        assert {seen(asked(port, request)) for request in REQUESTS} == {(after, NEW)}


@pytest.mark.slow
def test_a_worker_that_is_replaced_serves_what_the_others_serve(place: Place) -> None:
    """It starts from the release in place, not from the one that the server was started with."""
    release = moved(place, MOVED)
    with served(place, seconds=2) as (port, pid):
        after = put(place, release)
        until(settled(port, after), ARRIVAL_SECONDS)
        (worker,) = serving(pid)
        os.kill(worker, signal.SIGKILL)
        until(lambda: worker not in serving(pid) and answers(port, "/healthz"))
        assert seen(asked(port, REQUESTS[0])) == (after, NEW)


def test_records_in_rdf_are_read_although_the_release_was_replaced_meanwhile(
    place: Place,
) -> None:
    """What is loaded is served in every syntax, whatever is put in place before the cage is up."""
    loaded = Served.load(place.root, read_settings())
    put(place, moved(place, MOVED))
    try:
        assert loaded.validation.of(AS_TURTLE, TURTLE).is_valid
    finally:
        loaded.validation.close()
