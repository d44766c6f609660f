"""What can go wrong, as one tree.

    PrimumError
    ├── QuestionError               the caller's question cannot be asked
    │   ├── UnknownName             no term of that name
    │   ├── AmbiguousName           a synonym of several terms
    │   ├── InvalidValue            a value outside what is allowed
    │   ├── UnknownParameter        a parameter or field that does not exist
    │   ├── UnreadableBody          a body that is not of the syntax it claims to be
    │   ├── InvalidRecord           a case record that breaks a shape
    │   └── Contradiction           facts that cannot be true together
    ├── KnowledgeError              the knowledge itself is at fault
    │   ├── KnowledgeNotFound       no ontology, rules or release where we looked
    │   ├── UnreadableFile          a file that does not parse
    │   ├── OutsideFragment         an axiom that the compiler does not accept
    │   ├── InconsistentKnowledge   the reasoner finds a contradiction
    │   └── UnsafeAnnotation        an ontology that tries to run or fetch something
    ├── LimitReached                a limit of the service stopped the work; `retry_after` says when
    │   │                           to try again
    │   ├── TookTooLong             a caged process was killed at its time limit
    │   ├── TooBig                  a caged process ran out of memory, or its result is too large
    │   ├── Crashed                 a caged process died of what it was given
    │   └── Busy                    every caged process is at work and the queue is full
    └── MissingTool                 an optional dependency is not installed

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


class MissingTool(PrimumError):
    """A dependency that only the build needs is not installed."""
