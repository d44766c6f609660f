"""The application factory."""

from flask import Flask

from primum.foundation.settings import Settings, read_settings
from primum.use_cases.service import Primum
from primum.web.assessments import assessments
from primum.web.batches import batches
from primum.web.contraindications import contraindications
from primum.web.current import Current
from primum.web.docs import docs
from primum.web.explanations import explanations
from primum.web.knowledge import knowledge
from primum.web.logs import write_access
from primum.web.manners import install as install_manners
from primum.web.metrics import Metrics
from primum.web.openapi import openapi
from primum.web.problems import install
from primum.web.readiness import readiness
from primum.web.rules import rules
from primum.web.served import Served
from primum.web.validations import validations
from primum.web.vocabulary import vocabulary

_MEGABYTE = 2**20


def create_app(primum: Primum | Current, settings: Settings | None = None) -> Flask:
    """An application over a loaded service; nothing is loaded per request."""
    chosen = settings or read_settings()
    current = primum if isinstance(primum, Current) else Current(Served.over(primum, chosen))
    app = Flask("primum.web", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["PRIMUM"] = chosen

    metrics = Metrics()
    install_manners(app, current, (write_access, metrics.count), kept_bytes=_kept(chosen))
    for blueprint in (contraindications(), explanations(), knowledge(), vocabulary(), rules()):
        app.register_blueprint(blueprint)
    for blueprint in (assessments(), batches(), validations()):
        app.register_blueprint(blueprint)
    for blueprint in (readiness(), metrics.blueprint(), openapi(), docs()):
        app.register_blueprint(blueprint)
    install(app)
    return app


def _kept(settings: Settings) -> int:
    """The bytes of whole answers that are kept: as many as of their templates."""
    return settings.kept_megabytes * _MEGABYTE
