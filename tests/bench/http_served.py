"""What Primum is compared with, behind the same server, door and threads.

A command with what to serve (`echo` or `naive`) and a port. The echoes are Flask alone, without any
of Primum's manners: both decode a JSON body; one gives it back through `jsonify`, the other answers
with as many bytes of JSON as a third argument says, made beforehand.
"""

import gc
import sys
from pathlib import Path

from flask import Flask, Response, jsonify, request

if not __package__:  # run as a script: make the checkout's root importable
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.web import server
from primum.web.door import Door

_QUOTES = 2


def echo(size: int) -> Flask:
    """The two echoes."""
    app = Flask("echo")
    ready = b'"' + b"x" * (size - _QUOTES) + b'"'

    @app.get("/")
    def root() -> Response:
        """Say that the server is there."""
        return jsonify(ready=True)

    @app.post("/small")
    def small() -> Response:
        """Give the document back."""
        return jsonify(request.get_json())

    @app.post("/large")
    def large() -> Response:
        """Answer with bytes that are ready."""
        request.get_json()
        return Response(ready, content_type="application/json")

    return app


def naive() -> Flask:
    """The naive service over the release in place."""
    from tests.bench.naive import create_app  # noqa: PLC0415 - the echoes need none of its libraries

    return create_app(Primum.load(read_settings().knowledge))


def main(what: str, port: int, *arguments: str) -> None:
    """Serve until a signal stops the process, as Primum does."""
    settings = read_settings()
    app = echo(*map(int, arguments)) if what == "echo" else naive()

    def load() -> Door:
        """What the worker serves, with the same patience between threads."""
        sys.setswitchinterval(server._SWITCH_SECONDS)
        return Door(app, settings)

    gc.collect()
    gc.freeze()
    server.serve(load, host="127.0.0.1", port=port, workers=1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
