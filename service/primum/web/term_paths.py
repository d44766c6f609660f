"""The paths of terms: which there are, and in which form each asks for a term."""

from typing import Final

from werkzeug.routing import BaseConverter

from primum.foundation.names import FOLDERS
from primum.use_cases.terms.description import FORMS as RDF_FORMS
from primum.web.negotiation import HTML

FORMS: Final = {"html": HTML, **{form.file_extension: m for m, form in RDF_FORMS.items()}}
"""Endings of paths, and the media type that each asks for."""
OFFERED: Final = (HTML, *RDF_FORMS)
"""What a path without an ending can be answered in, the page before RDF."""

_NAME: Final = r"[^\W_][^/\x00-\x1f\x7f]*"
_FOLDERS: Final = "|".join(FOLDERS)
_ENDED: Final = "".join(rf"(?<!\.{ending})" for ending in FORMS)
PATTERN: Final = rf"(?!v1$)(?:(?:{_FOLDERS})(?:/{_NAME})+|{_NAME}){_ENDED}"
"""The paths that may be those of terms. `v1` alone holds other routes and answers nothing."""


class TermPath(BaseConverter):
    """A path that may be that of a term, without an ending that names a form."""

    regex = PATTERN


class TermForm(BaseConverter):
    """An ending that names a form."""

    regex = "|".join(FORMS)


def path_in(iri_path: str, media: str) -> str:
    """The path of a term in the form of a media type."""
    ending = next(ending for ending, form in FORMS.items() if form == media)
    return f"/{iri_path}.{ending}"
