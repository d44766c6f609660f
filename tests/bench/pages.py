"""Time to answer of the pages: from a request to the whole page, without a network or a browser.

No two requests are alike, so that nothing that was written before is sent again.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Final

from flask.testing import FlaskClient
from tests.bench.measure import Measured, take_turns
from tests.bench.scale import Scale

from primum.use_cases.service import Primum
from primum.web.app import create_app

_ASKED: Final = "injury={injury}&hours={hours}"
_PAGES: Final[Mapping[str, str]] = {
    "the same answer as JSON": f"/v1/contraindications?{_ASKED}",
    "page of an answer": f"/answer?{_ASKED}",
    "page of an answer, nothing screened": f"/answer?{_ASKED}&screening=unknown",
    "page of why": f"/why?{_ASKED}&treatment={{treatment}}",
    "page of a comparison": f"/compare?{_ASKED}&other-hours=1",
}
_BROWSER: Final = {"Accept": "text/html,*/*;q=0.5"}


def pages(primum: Primum, scale: Scale) -> list[Measured]:
    """The pages that a question leads to, beside the same answer as JSON."""
    client = create_app(primum).test_client()
    known = dict(_known(primum))
    calls = {name: [_call(client, path, known)] for name, path in _PAGES.items()}
    for (call,) in calls.values():
        call()  # what is made once for a release is made before
    return take_turns(calls, rounds=scale.rounds)


def _known(primum: Primum) -> Iterator[tuple[str, str]]:
    """An injury and a treatment to ask about."""
    knowledge = primum.release.knowledge
    yield "injury", knowledge.injuries[0].slug
    yield "treatment", knowledge.treatments[0].slug


def _call(client: FlaskClient, path: str, known: Mapping[str, str]) -> Callable[[], object]:
    """A request for another hour each time."""
    hours = count(1)

    def ask() -> object:
        asked = path.format(hours=f"{next(hours)}.5", **known)
        answer = client.get(asked, headers=_BROWSER)
        assert answer.status_code == 200, asked
        return answer

    return ask
