"""`GET /v1/rules` and `/v1/rules/{id}`: what the rules say, under which condition and why."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from flask import Blueprint, Response, request

from primum.use_cases.choosing import Wanted, choose
from primum.use_cases.vocabulary import Catalogue, rule_document
from primum.web.negotiation import JSON
from primum.web.once import Once
from primum.web.parameters import Parameters
from primum.web.served import Served
from primum.web.vocabulary import written

FILTERS: Final = tuple(field.name for field in fields(Wanted))


@dataclass(frozen=True, slots=True)
class _Pages:
    """The rules of one release, each as it is sent, by IRI; `head` opens every document."""

    catalogue: Catalogue
    head: bytes
    items: Mapping[str, bytes]


def rules() -> Blueprint:
    """The routes; each rule is written once per release."""
    blueprint = Blueprint("rules", __name__)
    pages = Once(_pages)

    @blueprint.get("/v1/rules")
    def every() -> Response:
        """List the rules that fit every filter."""
        given = Parameters(request.args, single=FILTERS)
        found = pages()
        chosen = choose(found.catalogue, Wanted(**{name: given.one(name) for name in FILTERS}))
        items = b",".join(found.items[rule.iri] for rule in chosen)
        return Response(b'%b,"rules":[%b]}' % (found.head, items), content_type=JSON)

    @blueprint.get("/v1/rules/<path:id>")
    def one(id: str) -> Response:
        """Show one rule, by any of its names."""
        Parameters(request.args, single=())
        found = pages()
        item = found.items[found.catalogue.rule(id, where="id").iri]
        return Response(b'%b,"rule":%b}' % (found.head, item), content_type=JSON)

    return blueprint


def _pages(release: Served) -> _Pages:
    """Every rule of a release, written."""
    catalogue = Catalogue.over(release.primum.release)
    items = {
        rule.iri: written(rule_document(rule, release.writer.grounds[rule.iri]))
        for rule in catalogue.release.knowledge.rules
    }
    return _Pages(catalogue, written(catalogue.head()).removesuffix(b"}"), items)
