"""Answers as the bytes of their JSON, in microseconds where the like was asked before.

What is written is what `Writer` documents, compact and in UTF-8. Findings are kept as templates,
by facts and by the windows that are open; only the question and the blanks are written each time.
"""

from collections.abc import Callable, Collection
from typing import Final

from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.levels import Verdict
from primum.reasoning.engine import Engine
from primum.use_cases.documents import Json, Writer
from primum.use_cases.kept import Kept
from primum.use_cases.keys import Key, Keys
from primum.use_cases.outline import Outline, encoded
from primum.use_cases.templates import Template

_Write = Callable[[Finding, Case], Json]
_ALL: Final = "findings"
_VERDICTS: Final = "verdicts"


class Renderer:
    """Writes answers over one knowledge base as bytes; safe to share between threads.

    Every method raises Contradiction where the facts of a case exclude each other. `kept_bytes`
    bounds the memory of what is kept.
    """

    def __init__(self, engine: Engine, writer: Writer, *, kept_bytes: int) -> None:
        """Encode once what every answer begins with."""
        edition = engine.knowledge.edition
        self._engine, self._writer = engine, writer
        self._outline = Outline(engine.knowledge)
        self._keys = Keys(engine.tables.hours)
        self._kept = Kept[Template](kept_bytes)
        self._notice = b'"notice":' + encoded(engine.knowledge.notice) + b","
        knowledge = {"version": edition.version, "digest": edition.digest}
        self._knowledge = b',"knowledge":' + encoded(knowledge)

    @property
    def kept_bytes(self) -> int:
        """The memory that all templates take now."""
        return self._kept.size

    def answer(
        self,
        case: Case,
        *,
        treatment: str | None = None,
        verdicts: Collection[Verdict] | None = None,
        more: bytes = b"",
    ) -> bytes:
        """The whole answer, for all treatments or one, by IRI, and for some verdicts only.

        `more` are further members of the document, encoded, with commas between them.
        """
        if treatment is None and verdicts is None:
            findings = self._template(case, _ALL).filled(self._outline, case)
        else:
            findings = self._some(case, treatment, verdicts)
        end = b"]," + more + b"}" if more else b"]}"
        return b"".join((b"{", self.head(case), b',"treatments":[', *findings, end))

    def head(self, case: Case) -> bytes:
        """The members that an answer begins with, without braces: notice, question, knowledge."""
        return self._notice + self._asked(case)

    def finding(self, case: Case, treatment: str) -> bytes:
        """The answer for one treatment, by IRI; raises KeyError where there is no such one."""
        found = self._some(case, treatment, None)
        if not found:
            raise KeyError(treatment)
        return b"".join(found)

    def verdicts(self, case: Case) -> bytes:
        """The answer without reasons: per treatment verdict, levels and next change."""
        findings = self._template(case, _VERDICTS).filled(self._outline, case)
        return b"".join((b"{", self.head(case), b',"treatments":[', *findings, b"]}"))

    def _asked(self, case: Case) -> bytes:
        """The question as it was understood, and the knowledge that the answer rests on."""
        return b'"question":' + encoded(self._writer.question(case)) + self._knowledge

    def _some(
        self, case: Case, treatment: str | None, verdicts: Collection[Verdict] | None
    ) -> list[bytes]:
        """The findings for one treatment or all that have one of some verdicts, or any."""
        template = self._template(case, treatment or _ALL)
        return template.filtered(self._outline, case, treatment=treatment, verdicts=verdicts)

    def _template(self, case: Case, part: str) -> Template:
        """The template of all findings, of all verdicts, or of the finding for one treatment."""
        key = self._keys.of(case)
        if key is None:
            return self._written(case, part)
        found = self._found(key, part)
        if found is None:
            found = self._written(case, part)
            self._kept.put((part, key), found)
        return found

    def _found(self, key: Key, part: str) -> Template | None:
        """A template that is kept and holds a part; all findings hold the one for a treatment."""
        if part != _VERDICTS and (whole := self._kept.get((_ALL, key))):
            return whole
        return None if part == _ALL else self._kept.get((part, key))

    def _written(self, case: Case, part: str) -> Template:
        """The template of a part, newly written."""
        findings = self._engine.answer(case).findings
        if part not in (_ALL, _VERDICTS):
            findings = tuple(found for found in findings if found.treatment.iri == part)
        write: _Write = self._outline.verdict if part == _VERDICTS else self._outline.finding
        return Template.of(findings, [write(found, case) for found in findings])
