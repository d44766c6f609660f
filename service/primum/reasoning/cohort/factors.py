"""What stating a factor brings along, as rows: one for each factor, a column for each atom."""

from dataclasses import dataclass
from typing import Self

from primum.model.knowledge import Knowledge
from primum.reasoning.cohort.columns import Flags
from primum.reasoning.cohort.matrices import matrix
from primum.reasoning.tables import Tables


@dataclass(frozen=True, slots=True)
class Factors:
    """The factors of a knowledge base, in its order; `atoms` are their numbers among the atoms.

    Where a factor is present, the atoms of its row in `true` hold and those in `false` do not;
    where it is absent, those in `denied` do not.
    """

    atoms: list[int]
    true: Flags
    false: Flags
    denied: Flags

    @classmethod
    def of(cls, tables: Tables, knowledge: Knowledge) -> Self:
        """The factors of a knowledge base."""
        atoms, width = tables.atoms, len(tables.atoms.bit)
        bits = [atoms.bit[term.iri] for term in knowledge.factors]
        return cls(
            bits,
            matrix((atoms.up[bit] for bit in bits), width),
            matrix((atoms.excluded_by(atoms.up[bit]) for bit in bits), width),
            matrix((atoms.down[bit] for bit in bits), width),
        )
