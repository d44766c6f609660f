"""The description of the endpoint, written once per dataset, address and format."""

from collections.abc import Callable, Sequence

from flask import request
from werkzeug.exceptions import BadRequest

from primum.foundation.names import BASE, LICENSE
from primum.use_cases.kept import Kept
from primum.use_cases.named.query import NamedQuery
from primum.use_cases.sparql.description import Described, written
from primum.use_cases.sparql.formats import Format
from primum.web.once import Once
from primum.web.served import Serving, serving
from primum.web.sparql.endpoint import Result

_MOST_KEPT = 2**22


class Descriptions:
    """Describes the endpoint of the present request; `examples` are queries to begin from."""

    def __init__(self, examples: Callable[[], Sequence[NamedQuery]]) -> None:
        """Describe nothing yet."""
        self._examples = examples
        self._kept = Kept[Result](_MOST_KEPT)
        self._counts = Once(lambda release: release.endpoint.shipped.statistics())

    def describe(self, form: Format) -> bytes:
        """The description in a format; raises LimitReached where the dataset cannot be counted."""
        now = serving()
        key = (now.content, address(), form.name)
        found = self._kept.get(key)
        if found is None:
            found = Result(written(self._described(now), form))
            self._kept.put(key, found)
        return found.body

    def _described(self, now: Serving) -> Described:
        """What is to be told of the dataset that is served now."""
        of_release = bool(now.endpoint.base)
        return Described(
            url=address(),
            title=now.title,
            version=now.edition.version,
            statistics=self._counts(),
            is_union=of_release,
            license=LICENSE if of_release else "",
            uri_space=BASE if of_release else "",
            services=bool(now.endpoint.services),
            prefixes=now.endpoint.prefixes,
            examples=self._examples(),
        )


def address() -> str:
    """The address of the endpoint, as the caller knows it; raises BadRequest for a bad host."""
    if not request.host:  # werkzeug takes nothing for a host that is none
        raise BadRequest("The header Host names no host.")
    # The host as it came: what `base_url` makes of one in Punycode may fail.
    return f"{request.scheme}://{request.host}{request.path}".rstrip("/")
