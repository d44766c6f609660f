"""`GET /sparql/assets/…`: the files of the editor, under addresses that never change content."""

from typing import Final

from flask import Blueprint, Response, abort, current_app

from primum.web.editor.bundle import Bundle, read_bundle

_KEY: Final = "primum.editor"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


def assets(bundle: Bundle | None = None) -> Blueprint:
    """The route, over the files that are there when the application is made."""
    blueprint = Blueprint("editor", __name__, url_prefix="/sparql/assets")
    files = bundle or read_bundle()
    blueprint.record_once(lambda state: state.app.extensions.update({_KEY: files}))

    @blueprint.get("/<digest>/<name>")
    def asset(digest: str, name: str) -> Response:
        """Give a file; the name of one that was not set up is that of nothing."""
        if digest != files.digest or name not in files.files:
            abort(404, "The editor has no such file.")
        response = Response(files.files[name], content_type=files.media(name))
        response.headers["Cache-Control"] = _FOR_EVER
        return response

    return blueprint


def present_bundle() -> Bundle:
    """The files that the present application serves."""
    found: Bundle = current_app.extensions[_KEY]
    return found
