"""An RDF file that is served for SPARQL alone: what it is, its entry page, whether it is ready."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from flask import Blueprint, Response, jsonify

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.settings import Settings
from primum.model.knowledge import Edition
from primum.use_cases.sparql.exchange import Asked
from primum.web.served import serving
from primum.web.sparql.endpoint import Endpoint

_LINKS: Final = {"sparql": "/sparql", "limits": "/limits", "health": "/healthz", "ready": "/readyz"}


@dataclass(frozen=True, slots=True)
class ServedFile:
    """An RDF file as it stood when the service was started."""

    title: str
    edition: Edition
    endpoint: Endpoint
    notice: str = ""

    @classmethod
    def over(cls, path: Path, settings: Settings) -> Self:
        """Serve a file, which caged processes load; raises KnowledgeNotFound without one."""
        if not path.is_file():
            raise KnowledgeNotFound(f"There is no file {path}.")
        with path.open("rb") as file:
            digest = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        endpoint = Endpoint.over_file(str(path.resolve()), settings)
        return cls(path.name, Edition(digest[:16], digest), endpoint)

    @property
    def content(self) -> str:
        """The digest of the file."""
        return self.edition.digest

    def start(self) -> None:
        """Start the processes that load the file."""
        self.endpoint.start()


def entry() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("entry", __name__)

    @blueprint.get("/")
    def index() -> Response:
        """Say what this is and where to ask."""
        return jsonify({"name": serving().title, "links": _LINKS})

    @blueprint.get("/readyz")
    def ready() -> Response:
        """Ask a query that any dataset answers; a file that cannot be loaded answers none."""
        serving().endpoint.shipped.run(Asked("ASK {}", "json", "urn:x"))
        return jsonify({"status": "ready", "digest": serving().edition.digest})

    return blueprint
