"""The application factories: over a release, and over any RDF file."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Flask

from primum.foundation.settings import Settings, read_settings
from primum.use_cases.service import Primum
from primum.web.assessments import assessments
from primum.web.batches import batches
from primum.web.contraindications import contraindications
from primum.web.current import Current
from primum.web.dataset import ServedFile, entry
from primum.web.docs import docs
from primum.web.editor.assets import assets
from primum.web.explanations import explanations
from primum.web.health import health
from primum.web.knowledge import knowledge
from primum.web.logs import write_access
from primum.web.manners import install as install_manners
from primum.web.metrics import Metrics
from primum.web.once import Once
from primum.web.openapi import openapi
from primum.web.page.browse import browsing
from primum.web.page.changes import changes
from primum.web.page.entry import entry as entry_page
from primum.web.page.view import page
from primum.web.places import places
from primum.web.problems import install
from primum.web.queries import queries
from primum.web.readiness import readiness
from primum.web.rules import rules
from primum.web.served import Served, served
from primum.web.sparql.limits import limits
from primum.web.sparql.view import sparql
from primum.web.terms import known_of, terms
from primum.web.validations import validations
from primum.web.vocabulary import vocabulary

_MEGABYTE = 2**20


def create_app(primum: Primum | Current[Served], settings: Settings | None = None) -> Flask:
    """An application over a loaded service; nothing is loaded per request."""
    chosen = settings or read_settings()
    current = primum if isinstance(primum, Current) else Current(Served.over(primum, chosen))
    metrics, known = Metrics(), Once(known_of)
    blueprints = (
        *(contraindications(), explanations(), knowledge(), vocabulary(), rules()),
        *(assessments(), batches(), validations()),
        *(sparql(lambda: tuple(served().questions.all.values())), queries(), limits(), assets()),
        *(health(), readiness(), metrics.blueprint(), openapi(), docs()),
        *(entry_page(), page(), browsing(known), changes(), terms(known)),
    )
    return _app(current, metrics, blueprints, chosen)


def create_dataset_app(file: ServedFile | Current[ServedFile], settings: Settings) -> Flask:
    """An application that answers SPARQL over an RDF file."""
    current = file if isinstance(file, Current) else Current(file)
    metrics = Metrics()
    blueprints = (sparql(tuple), limits(), assets(), entry(), health(), metrics.blueprint())
    return _app(current, metrics, blueprints, settings)


def _app(
    current: Current[Any], metrics: Metrics, blueprints: Iterable[Blueprint], settings: Settings
) -> Flask:
    """An application of some routes, with the manners of all."""
    app = Flask("primum.web", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["PRIMUM"] = settings
    # As many bytes of whole answers are kept as of their templates.
    kept_bytes = settings.kept_megabytes * _MEGABYTE
    install_manners(app, current, (write_access, metrics.count), kept_bytes=kept_bytes)
    app.context_processor(places)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    install(app)
    return app
