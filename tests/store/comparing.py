"""Answers as what they say: rows as bags, graphs up to the names of their blank nodes."""

import csv
import io
from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox
from werkzeug.test import TestResponse

from primum.knowledge.release import canonical

_BLANK = "_:"


def said(response: TestResponse) -> object:
    """What an answer says, whatever its format; equal for answers that say the same."""
    assert response.status_code == 200, response.text
    media = response.mimetype or ""
    if form := ox.RdfFormat.from_media_type(media):
        return canonical(ox.parse(response.data, format=form))
    if media == "text/csv":
        return Counter(tuple(map(_masked, row)) for row in csv.reader(io.StringIO(response.text)))
    kind = ox.QueryResultsFormat.from_media_type(media)
    assert kind is not None, media
    found = ox.parse_query_results(response.data, format=kind)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return [str(each) for each in found.variables], Counter(map(_row, found))


def _row(solution: Iterable[object]) -> tuple[str, ...]:
    """A row, in which all blank nodes look the same."""
    return tuple(_masked(str(term)) for term in solution)


def _masked(text: str) -> str:
    """A term, without the name of a blank node."""
    return _BLANK if text.startswith(_BLANK) else text
