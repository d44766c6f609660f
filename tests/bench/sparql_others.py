"""The servers that Primum's SPARQL is compared with: Oxigraph's own, and rdflib-endpoint.

Neither belongs to the project. Each is installed from PyPI into an environment of its own under
`build/bench/`, when it is first needed; one that cannot be had is told of and left out.
"""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.http_process import Server
from tests.web.wire import free_port, running

_BUILD = Path(__file__).resolve().parents[2] / "build" / "bench"
_SECONDS = 300
_PIP = ("-m", "pip", "--disable-pip-version-check")
_INSTALL = ("install", "--quiet", "--retries", "1")


class Missing(Exception):
    """A contender that cannot be had; its text says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """What is installed, in the versions that are compared, and the command that it brings."""

    command: str
    pins: tuple[str, ...]

    @property
    def version(self) -> str:
        """The name and version of the package itself."""
        return self.pins[0].replace("==", " ")

    def installed(self, build: Path = _BUILD) -> Path:
        """The command, ready to be called; raises Missing where it cannot be installed."""
        folder = build / self.command
        ready, pins = folder / "pins.txt", "\n".join(self.pins)
        if not ready.exists() or ready.read_text(encoding="utf-8") != pins:
            shutil.rmtree(folder, ignore_errors=True)
            self._install(folder)
            ready.write_text(pins, encoding="utf-8")
        return folder / "bin" / self.command

    def _install(self, folder: Path) -> None:
        """Install it into a new environment."""
        interpreter = folder / "bin" / "python"
        command = [sys.executable, *_PIP, "--python", str(interpreter), *_INSTALL, *self.pins]
        try:
            venv.create(folder)
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)
        except subprocess.CalledProcessError as error:
            told = error.stderr.strip().splitlines()[-1]
            raise Missing(f"{self.version} is not measured: {told}") from error
        except (subprocess.TimeoutExpired, OSError) as error:
            raise Missing(f"{self.version} is not measured: {error}") from error


OXIGRAPH = Package("oxigraph", ("oxigraph==0.5.13",))
RDFLIB = Package("rdflib-endpoint", ("rdflib-endpoint[cli]==0.6.3", "rdflib==7.6.0"))


@dataclass(frozen=True, slots=True)
class Site:
    """A server that queries can be sent to, and at which path."""

    name: str
    server: Server
    path: str


Serve = Callable[[Path, Path], AbstractContextManager[Site]]
"""Serves N-Quads in a file with a command."""


@contextmanager
def oxigraph(data: Path, command: Path) -> Iterator[Site]:
    """Oxigraph's server, read-only, over N-Quads, which stand beside it loaded and optimised."""
    store, port = data.with_suffix(".store"), free_port()
    for step in (
        ["load", "--location", str(store), "--file", str(data)],
        ["optimize", "--location", str(store)],
    ):
        subprocess.run([command, *step], check=True, capture_output=True)
    served = [str(command), "serve-read-only", "--location", str(store), "--bind"]
    with running([*served, f"127.0.0.1:{port}"], port, "/") as process:
        yield Site("Oxigraph", Server(port, process), "/query")


@contextmanager
def rdflib_endpoint(data: Path, command: Path) -> Iterator[Site]:
    """rdflib-endpoint as its own command serves a file, in an rdflib Dataset."""
    port = free_port()
    served = [str(command), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    with running(served, port, "/") as process:
        yield Site("rdflib-endpoint", Server(port, process), "/")


OTHERS: Mapping[Package, Serve] = {OXIGRAPH: oxigraph, RDFLIB: rdflib_endpoint}


@contextmanager
def served(data: Path, others: Mapping[Package, Serve]) -> Iterator[tuple[list[Site], list[str]]]:
    """Those of the others that can be had, and why the rest cannot."""
    sites, notes = [], []
    with ExitStack() as stack:
        for package, serve in others.items():
            try:
                command = package.installed()
            except Missing as missing:
                notes.append(str(missing))
            else:
                sites.append(stack.enter_context(serve(data, command)))
        yield sites, notes
