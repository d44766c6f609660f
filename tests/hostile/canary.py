"""A canary: a port that nothing may connect to, and a file that nothing may read."""

import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

SONG: Final = "the-canary-sings"
_TAKEN: Final = 2**16


class Canary:
    """Listens on loopback, and notes who comes; its file holds triples about a secret."""

    def __init__(self, folder: Path) -> None:
        """Listen, and write the file."""
        self.visits: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        path = folder / "secret.ttl"
        path.write_text(f'<urn:a> <urn:b> "{SONG}" .\n')
        self.file = path.as_uri()
        self._thread = threading.Thread(target=self._note, daemon=True)
        self._thread.start()

    def named(self, text: str) -> str:
        """A text in which `@CANARY@` and `@SECRET@` are where nothing may go."""
        return text.replace("@CANARY@", self.url).replace("@SECRET@", self.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _note(self) -> None:
        """Note each connection and what is said first."""
        while True:
            try:
                visitor, _ = self._listening.accept()
            except OSError:
                return
            with visitor:
                visitor.settimeout(1)
                self.visits.append(visitor.recv(_TAKEN))
