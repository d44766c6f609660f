"""From the scope of a request (ASGI) to its environ (PEP 3333)."""

import sys
from collections.abc import Iterable
from typing import IO, Any

from primum.web.door.asgi import Scope
from primum.web.escapes import unescaped

Environ = dict[str, Any]
_PLAIN = {"CONTENT_TYPE", "CONTENT_LENGTH"}
_FRAMING = {b"content-length", b"transfer-encoding", b"expect"}


def environ_of(scope: Scope, body: IO[bytes], *, length: int | None) -> Environ:
    """The environ of a request whose body is read from `body`; `length` in bytes where known.

    The client's own word on length and framing is not passed on. Nor are names with an
    underscore, which would pass for those with a hyphen.
    """
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unescaped(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/1.0" if scope["http_version"] == "1" else "HTTP/1.1",
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "REMOTE_ADDR": scope["client"][0],
        "REMOTE_PORT": str(scope["client"][1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    _add_headers(environ, scope["headers"])
    return environ


def _add_headers(environ: Environ, headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Add the headers; values of a repeated one are joined by commas."""
    for name, value in headers:
        if name in _FRAMING or b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key in _PLAIN else f"HTTP_{key}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text


def framing(headers: Iterable[tuple[bytes, bytes]]) -> tuple[bool, int | None]:
    """Whether a request has a body, and the length in bytes that it states for it, if any.

    The server in front has already refused a length that is no number or is contradicted.
    """
    framed, length = False, None
    for name, value in headers:
        if name == b"content-length":
            framed, length = True, int(value)
        elif name == b"transfer-encoding":
            framed = True
    return framed, length
