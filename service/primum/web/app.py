"""The application factory."""

from flask import Flask, g

from primum.foundation.settings import Settings, read_settings
from primum.use_cases.service import Primum
from primum.web.contraindications import contraindications
from primum.web.current import Current
from primum.web.explanations import explanations
from primum.web.knowledge import knowledge
from primum.web.problems import install
from primum.web.served import Served


def create_app(primum: Primum | Current, settings: Settings | None = None) -> Flask:
    """An application over a loaded service; nothing is loaded per request."""
    current = primum if isinstance(primum, Current) else Current(Served.over(primum))
    app = Flask("primum.web", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["PRIMUM"] = settings or read_settings()

    @app.before_request
    def choose_release() -> None:
        """Answer the whole request from one release, whatever is loaded meanwhile."""
        g.served = current.served

    for blueprint in (contraindications(), explanations(), knowledge()):
        app.register_blueprint(blueprint)
    install(app)
    return app
