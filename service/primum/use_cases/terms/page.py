"""All that a page shows of a term."""

from dataclasses import dataclass, field

from primum.use_cases.terms.hierarchy import Hierarchy
from primum.use_cases.terms.kinds import TermKind
from primum.use_cases.terms.links import Linked
from primum.use_cases.terms.refs import Pieces, Ref
from primum.use_cases.terms.resting import Resting
from primum.use_cases.terms.speaking import Said, Through
from primum.use_cases.terms.statements import Citing, Statement


@dataclass(frozen=True, slots=True)
class Axiom:
    """An axiom on a term in Manchester syntax, after the keyword that begins it."""

    keyword: str
    body: Pieces


@dataclass(frozen=True, slots=True)
class Page:
    """What a release says of one term; what it does not say is empty.

    `said` is a rule's own condition, `naming` the rules that name the term and `through` those
    that name a wider one. `linked` are stated links, `following` those that follow, `linking` the
    links that lead here. `stated` and `derived` are all other statements, `referring` the terms
    that other statements name this one from, `members` the individuals of a class.
    """

    ref: Ref
    kind: TermKind
    types: tuple[Ref, ...]
    definitions: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    hierarchy: Hierarchy = field(default_factory=Hierarchy)
    members: tuple[Ref, ...] = ()
    said: Said | None = None
    regions: tuple[Ref, ...] = ()
    of_rule: Ref | None = None
    linked: tuple[Linked, ...] = ()
    following: tuple[Linked, ...] = ()
    linking: tuple[Linked, ...] = ()
    naming: tuple[Said, ...] = ()
    through: tuple[Through, ...] = ()
    citations: tuple[Citing, ...] = ()
    resting: Resting = field(default_factory=Resting)
    mappings: tuple[Statement, ...] = ()
    axioms: tuple[Axiom, ...] = ()
    stated: tuple[Statement, ...] = ()
    derived: tuple[Statement, ...] = ()
    referring: tuple[Statement, ...] = ()
    uses: int = 0
