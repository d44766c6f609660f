"""`primum serve` as a process of its own, and what can be seen of it from outside."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tests.cage.processes import state
from tests.web.processes import caged, memory, serving, tree
from tests.web.wire import PATIENCE, Reply, Wire, answers, free_port, until

COMMAND: Final = str(Path(sys.executable).with_name("primum"))
FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
QUICK: Final = {"PRIMUM_CAGE_SECONDS": "1", "PRIMUM_STREAM_SECONDS": "2"}
SLOW: Final = 60
"""Seconds for an answer on a busy machine."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs."""

    port: int
    pid: int
    log: Path

    def send(self, data: bytes, method: str = "GET") -> Reply:
        """The answer to a request as it is, on a connection of its own."""
        with Wire(self.port, timeout=SLOW) as wire:
            return wire.send(data).reply(method)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """The answer to a request."""
        lines = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
        if body is not None:
            lines["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {text}\r\n" for name, text in lines.items())
        return self.send(
            f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + (body or b""), method
        )

    def query(self, text: str, *, path: str = "/sparql", accept: str = "*/*") -> Reply:
        """The answer to a query that is sent as a body."""
        headers = {"Content-Type": DIRECT, "Accept": accept}
        return self.ask(path, method="POST", body=text.encode(), headers=headers)

    def query_by_get(self, text: str) -> Reply:
        """The answer to a query that is sent in the query string."""
        return self.ask(f"/sparql?query={quote(text, safe='')}")

    def query_by_form(self, text: str) -> Reply:
        """The answer to a query that is sent in a form."""
        body = f"query={quote(text, safe='')}".encode()
        return self.ask("/sparql", method="POST", body=body, headers={"Content-Type": FORM})

    def told(self, path: str) -> Any:
        """The JSON document at a path."""
        return json.loads(self.ask(path).body)

    def caged(self) -> list[int]:
        """The workers of its cages that live."""
        return [pid for pid in caged(self.pid) if state(pid) not in ("", "Z")]

    def zombies(self) -> list[int]:
        """Its processes that are dead and not buried."""
        return [pid for pid in tree(self.pid) if state(pid) == "Z"]

    def megabytes(self) -> float:
        """What the processes that answer requests hold in memory."""
        return sum(memory(pid) for pid in (self.pid, *serving(self.pid)))

    def log_lines(self) -> list[dict[str, Any]]:
        """The lines of its log, each of which is a JSON object."""
        found = [json.loads(line) for line in self.log.read_text().splitlines()]
        assert all(isinstance(line, dict) for line in found)
        return found


@contextmanager
def running(log: Path, *options: str, **settings: str) -> Iterator[Service]:
    """A service that is ready, with further options of the command; stopped in any case."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), *options]
    with log.open("w") as lines:
        process = subprocess.Popen(
            command,
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            stderr=lines,
            start_new_session=True,
        )
    try:
        until(lambda: answers(port, "/readyz") or process.poll() is not None, SLOW)
        assert process.poll() is None, f"the service stopped: {log.read_text()}"
        yield Service(port, process.pid, log)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
