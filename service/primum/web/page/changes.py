"""`GET /changes`: what changed since an earlier release, answers first."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flask import Blueprint, Response, current_app, request

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.settings import Settings
from primum.model.knowledge import Edition
from primum.use_cases.diffing.difference import difference
from primum.use_cases.diffing.outline import Section, outline, summary
from primum.use_cases.diffing.versions import of_release
from primum.web.once import Once
from primum.web.page.shelf import drawn
from primum.web.parameters import Parameters
from primum.web.served import Served


@dataclass(frozen=True, slots=True)
class _Changed:
    """What differs from an earlier release; `problem` says why there is nothing to compare with."""

    before: Edition | None = None
    summary: str = ""
    sections: tuple[Section, ...] = ()
    problem: str = ""

    @classmethod
    def since(cls, folder: Path, release: Served) -> Self:
        """What differs between the release of a folder and the one served."""
        try:
            old = of_release("", folder)
        except KnowledgeNotFound as error:
            return cls(problem=str(error))
        found = difference(old, of_release("", release.primum.place.release))
        return cls(old.knowledge.edition, summary(found), tuple(outline(found)))


def changes() -> Blueprint:
    """The route; versions are compared when it is first asked for."""
    blueprint = Blueprint("changes", __name__)
    changed = Once(_changed)

    @blueprint.get("/changes")
    def show() -> Response:
        """Show which answers moved since the earlier release, and what else differs."""
        Parameters(request.args, single=())
        return drawn("page/changes.html", changed=changed())

    return blueprint


def _changed(release: Served) -> _Changed:
    """What differs from the earlier release that the settings name, if they name one."""
    settings: Settings = current_app.config["PRIMUM"]
    return _Changed() if settings.before is None else _Changed.since(settings.before, release)
