"""What holds for every answer, whatever was sent: shape, headers, and what it never tells."""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from tests.hostile.canary import SONG
from tests.web.wire import Reply

from primum.foundation.names import CONVENTIONS
from primum.web.negotiation import HTML, PROBLEM

ALLOWED: Final = frozenset(
    {200, 204, 304, 400, 403, 404, 405, 406, 408, 413, 414, 415, 422, 429, 431, 503}
)
OF_THE_SERVER: Final = frozenset({400, 414, 431})
"""What the server in front answers by itself, without a body, to what it cannot read at all."""
_ROOT: Final = Path(__file__).parents[2]
_NEVER_TOLD: Final = (
    *("Traceback (most recent call last)", 'File "', "site-packages", "primum-release-", SONG),
    *(str(_ROOT), sys.prefix),
)
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_STRICT: Final = "default-src 'none'"
_AGAIN: Final = frozenset({"query-timeout", "busy", "too-many-requests", "service-unreachable"})


def kind(reply: Reply) -> str:
    """The kind of problem of an answer, "" for none; fails for an answer that is not sound."""
    assert reply.status in ALLOWED, (reply.status, reply.body[:500])
    if reply.status in OF_THE_SERVER and not reply.body:
        assert "x-request-id" not in reply.headers, "an answer of ours has lost its body"
        return ""
    _demand_headers(reply)
    text = reply.body.decode()
    told = [word for word in _NEVER_TOLD if word in text]
    assert not told, (told, text[:500])
    return _problem(reply, text) if reply.status >= 400 else ""


def _demand_headers(reply: Reply) -> None:
    """Fail where an answer lacks what protects and names it."""
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    policy = reply.headers["content-security-policy"]
    assert policy.startswith(_STRICT)
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert _ID.fullmatch(reply.headers["x-request-id"])


def _problem(reply: Reply, text: str) -> str:
    """The kind of problem that an answer tells, as a document or as a page."""
    if reply.headers["content-type"].startswith(HTML):
        return _of_page(reply, text)
    assert reply.headers["content-type"] == PROBLEM, (reply.status, text[:500])
    if not text:  # of HEAD
        return ""
    document: dict[str, Any] = json.loads(text)
    assert document["status"] == reply.status
    assert document["title"]
    assert 0 < len(document["detail"]) <= 2001
    prefix, _, name = document["type"].rpartition("/")
    assert prefix == f"{CONVENTIONS}problems"
    assert (name in _AGAIN) <= ("retry-after" in reply.headers)
    assert (reply.status == 405) == ("allow" in reply.headers)
    assert reply.headers["cache-control"] == "no-store"
    return str(name)


def _of_page(reply: Reply, text: str) -> str:
    """The kind of problem that a page tells of."""
    found = re.search(r'/docs/problems/([a-z-]+)"', text)
    assert found, (reply.status, text[:500])
    return found[1]
