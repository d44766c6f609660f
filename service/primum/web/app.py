"""The application factory."""

from flask import Flask

from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum
from primum.web.contraindications import contraindications
from primum.web.explanations import explanations
from primum.web.knowledge import knowledge
from primum.web.problems import install


def create_app(primum: Primum) -> Flask:
    """An application over a loaded service; nothing is loaded per request."""
    app = Flask("primum.web", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    prover = Prover.over(primum)
    app.register_blueprint(contraindications(primum, prover))
    app.register_blueprint(explanations(primum, prover))
    app.register_blueprint(knowledge(primum))
    install(app)
    return app
