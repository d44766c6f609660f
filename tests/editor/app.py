"""A small application that asks a store in process, to see the editor's pages without a cage."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

import pyoxigraph as ox
from flask import Flask, Response, request
from werkzeug.serving import make_server

from primum.web.editor.assets import assets
from primum.web.editor.bundle import Bundle
from primum.web.editor.examples import Example
from primum.web.editor.pages import editor_page, problem_page, results_page
from primum.web.negotiation import HTML, JSON, best
from primum.web.problem_kinds import KINDS
from primum.web.problems import Problem, install

NOTICE = "For professionals & researchers."
_OFFERED = (JSON, HTML)


@dataclass(frozen=True, slots=True)
class Site:
    """A dataset that is asked, and what its pages offer."""

    store: ox.Store
    bundle: Bundle
    examples: Sequence[Example] = ()

    def application(self) -> Flask:
        """An application with the editor's pages at `/sparql`."""
        app = Flask("primum.web", static_folder=None)
        app.register_blueprint(assets(self.bundle))
        install(app)
        app.add_url_rule("/sparql", view_func=self.answer, methods=["GET", "POST"])
        return app

    def answer(self) -> Response:
        """Answer as the protocol view does: a page for a browser, else results or a problem."""
        query = request.values.get("query")
        if query is None:
            return editor_page(examples=self.examples, notice=NOTICE)
        html = best(request.accept_mimetypes, _OFFERED) == HTML
        try:
            body, media = self.ask(query)
        except SyntaxError as error:
            return self.refuse(query, error, html=html)
        if html:
            return results_page(body, media, query=query, examples=self.examples, notice=NOTICE)
        return Response(body, content_type=media)

    def ask(self, query: str) -> tuple[bytes, str]:
        """What a query finds, as JSON or Turtle, with the media type."""
        found = self.store.query(query)
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.TURTLE) or b"", "text/turtle"
        form = ox.QueryResultsFormat.JSON
        return found.serialize(format=form) or b"", form.media_type

    def refuse(self, query: str, error: SyntaxError, *, html: bool) -> Response:
        """A query that does not parse, as a problem that tells where and what may stand there."""
        fault = {"parameter": "query", "allowed": ["WHERE"], "line": 1, "column": 8}
        problem = Problem(KINDS["bad-request"], str(error), 400, {"errors": [fault]})
        if not html:
            return problem.response()
        return problem_page(problem, query=query, examples=self.examples, notice=NOTICE)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of an application, served on loopback as long as the context lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
