"""What can go wrong, as one tree.

    PrimumError
    ├── QuestionError               the caller's question cannot be asked
    │   ├── UnknownName             no term of that name
    │   ├── AmbiguousName           a synonym of several terms
    │   ├── InvalidValue            a value outside what is allowed
    │   ├── UnknownParameter        a parameter or field that does not exist
    │   ├── UnreadableBody          a body that is not of the syntax it claims to be
    │   ├── InvalidRecord           a case record that breaks a shape
    │   ├── InvalidQuery            a SPARQL text that is no query; `line` and `column` say where
    │   ├── UnwritableResult        a result that the format asked for cannot hold
    │   ├── RefusedQuery            a query that is not served
    │   │   ├── UpdateRefused       it would change data
    │   │   └── ServiceRefused      it would call another service
    │   └── Contradiction           facts that cannot be true together
    ├── KnowledgeError              the knowledge itself is at fault
    │   ├── KnowledgeNotFound       no ontology, rules or release where we looked
    │   ├── UnreadableFile          a file that does not parse
    │   ├── OutsideFragment         an axiom that the compiler does not accept
    │   ├── UnwritableAxiom         an axiom whose place in the layout of the OWL API is not known
    │   ├── InconsistentKnowledge   the reasoner finds a contradiction
    │   └── UnsafeAnnotation        an ontology that tries to run or fetch something
    ├── LimitReached                a limit of the service stopped the work; `retry_after` says when
    │   │                           to try again
    │   ├── TookTooLong             a caged process was killed at its time limit
    │   ├── TooBig                  a caged process ran out of memory, or its result is too large
    │   ├── Crashed                 a caged process died of what it was given
    │   ├── Busy                    every caged process is at work and the queue is full
    │   ├── TooManyRequests         one caller has as many queries at work and waiting as one may
    │   ├── QueryTooComplex         a query that is too long or too deep
    │   ├── QueryTimeout            a query that was stopped when its time was up
    │   ├── QueryOutOfMemory        a query that needs more memory than it may take
    │   ├── QueryCrashed            a query that the process died of which worked on it
    │   ├── ResultTooLarge          a result with more bytes or rows than may be sent
    │   ├── ServiceUnreachable      a service that a query calls does not answer, or not as one
    │   └── StoreUnreachable        the SPARQL server behind this service does not answer
    ├── MissingTool                 an optional dependency is not installed
    └── ToolFailed                  a tool of the build broke off or took too long

Each error says what was found, where, and what is allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(eq=False)
class PrimumError(Exception):
    """Root of all errors that Primum raises on purpose."""

    detail: str

    def __str__(self) -> str:
        """The sentence a person reads."""
        return self.detail


@dataclass(eq=False)
class QuestionError(PrimumError):
    """The question cannot be asked as it stands.

    `where` names the parameter, option or JSON Pointer; `found` is the offending value;
    `allowed` lists what may stand there instead.
    """

    where: str = ""
    found: str = ""
    allowed: Sequence[str] = field(default_factory=tuple)


class UnknownName(QuestionError):
    """No term has this name; `allowed` lists the nearest ones."""


class AmbiguousName(QuestionError):
    """The name is a synonym of several terms; `allowed` lists them."""


class InvalidValue(QuestionError):
    """The value is of the wrong form or out of range."""


class UnknownParameter(QuestionError):
    """There is no such parameter; `allowed` lists those there are."""


class UnreadableBody(QuestionError):
    """A body that cannot be read: broken syntax, an encoding or a construct that is not taken."""


@dataclass(eq=False)
class InvalidRecord(QuestionError):
    """A case record that breaks a shape; `faults` are all results, violations first."""

    faults: Sequence[Mapping[str, object]] = ()


@dataclass(eq=False)
class InvalidQuery(QuestionError):
    """A SPARQL text that is no query; `line` and `column` count from 1, 0 where unknown."""

    line: int = 0
    column: int = 0


class UnwritableResult(QuestionError):
    """A result that the format asked for has no way to say."""


class RefusedQuery(QuestionError):
    """A query, or something in it, that is not served whoever asks."""


class UpdateRefused(RefusedQuery):
    """A request to change data."""


class ServiceRefused(RefusedQuery):
    """A query that would call another service."""


class Contradiction(QuestionError):
    """The facts given cannot all be true of one patient and injury."""


class KnowledgeError(PrimumError):
    """The ontology, the rules or the release is at fault."""


class KnowledgeNotFound(KnowledgeError):
    """Nothing to load; the message lists every place that was tried."""


class UnreadableFile(KnowledgeError):
    """A file of the knowledge does not parse."""


class OutsideFragment(KnowledgeError):
    """An axiom lies outside the fragment that compiles to regions; the message quotes it."""


class UnwritableAxiom(KnowledgeError):
    """Something that cannot be written exactly as the OWL API writes it; the message names it."""


class InconsistentKnowledge(KnowledgeError):
    """The reasoner finds the ontology inconsistent, or a class that nothing can belong to."""


class UnsafeAnnotation(KnowledgeError):
    """An annotation that would make a tool import code or fetch a document."""


@dataclass(eq=False)
class LimitReached(PrimumError):
    """A limit of the service stopped the work.

    `retry_after` is the time in seconds after which the same request may succeed, or None where
    it never will.
    """

    retry_after: int | None = None


class TookTooLong(LimitReached):
    """A caged process was killed when its time was up."""


class TooBig(LimitReached):
    """A caged process ran out of memory, or what it found is larger than may be sent."""


class Crashed(LimitReached):
    """A caged process died of what it was given."""


class Busy(LimitReached):
    """Every caged process is at work and as many requests wait as may."""


class TooManyRequests(LimitReached):
    """One caller has as many queries at work and waiting as one caller may have."""


class QueryTooComplex(LimitReached):
    """A query that is longer, or nested more deeply, than is read."""


class QueryTimeout(LimitReached):
    """A query that was stopped when its time was up."""


class QueryOutOfMemory(LimitReached):
    """A query that needs more memory than it may take."""


class QueryCrashed(LimitReached):
    """A query that the process died of which worked on it."""


class ResultTooLarge(LimitReached):
    """A result that has more bytes, or more rows, than are sent."""


class ServiceUnreachable(LimitReached):
    """A SPARQL service that a query calls does not answer, or not as one."""


class StoreUnreachable(LimitReached):
    """The SPARQL server that this service asks does not answer, or not as one."""


class MissingTool(PrimumError):
    """A dependency that only the build needs is not installed."""


class ToolFailed(PrimumError):
    """A tool of the build broke off, or took longer than it may; the message is what it said."""
