"""What stands above and below a term, and beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from primum.model.knowledge import Closure
from primum.use_cases.terms.refs import Ref, References
from primum.use_cases.vocabulary import parents


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The next wider and narrower terms of a term, all that are wider still, and its equals."""

    wider: tuple[Ref, ...] = ()
    wider_still: tuple[Ref, ...] = ()
    narrower: tuple[Ref, ...] = ()
    same: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Which terms stand above which: `above` maps each to itself and all that are wider."""

    above: Closure
    parents: Mapping[str, frozenset[str]]
    children: Mapping[str, frozenset[str]]

    @classmethod
    def over(cls, above: Mapping[str, frozenset[str]]) -> Self:
        """The order of a closure, in which what stands above nothing need not be a key."""
        every = {iri: frozenset({iri}) for wider in above.values() for iri in wider} | dict(above)
        direct = {iri: frozenset(parents(iri, every, every)) for iri in every}
        below: dict[str, set[str]] = {}
        for iri, found in direct.items():
            for parent in found:
                below.setdefault(parent, set()).add(iri)
        return cls(every, direct, {iri: frozenset(found) for iri, found in below.items()})

    def around(self, iri: str, refs: References) -> Hierarchy:
        """What stands around a term."""
        above, direct = self.above.get(iri, frozenset()), self.parents.get(iri, frozenset())
        same = {other for other in above if other != iri and iri in self.above[other]}
        return Hierarchy(
            wider=refs.every(direct),
            wider_still=refs.every(above - direct - same - {iri}),
            narrower=refs.every(self.children.get(iri, ())),
            same=refs.every(same),
        )

    def tops(self, among: Iterable[str]) -> list[str]:
        """Those of some terms that stand below none."""
        return [iri for iri in among if not self.parents.get(iri)]

    def strictly_above(self, iri: str, other: str) -> bool:
        """Whether one term is wider than another, and not its equal."""
        return iri in self.above.get(other, ()) and other not in self.above.get(iri, ())
