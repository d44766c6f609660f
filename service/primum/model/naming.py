"""Finding terms by any of their names: local name, slug, IRI, label or synonym, in any case."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from primum.foundation.errors import AmbiguousName, UnknownName
from primum.foundation.names import PREFIXES
from primum.model.terms import Term

_NEAREST = 5
_COMPARED = 200
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})


def normal(name: str) -> str:
    """A name as it is compared: case, spacing and kind of apostrophe play no part."""
    return " ".join(name.translate(_APOSTROPHES).casefold().split())


class Names:
    """The terms of one kind, to be found by name.

    A term's own names (local name, slug, IRI, prefixed name, label) go before synonyms, so that a
    synonym never hides a term that bears the name itself.
    """

    def __init__(self, kind: str, terms: Iterable[Term]) -> None:
        """`kind` is the word for these terms in messages: `injury`, `treatment`, `factor`."""
        self._kind = kind
        self._own: dict[str, list[Term]] = defaultdict(list)
        self._synonyms: dict[str, list[Term]] = defaultdict(list)
        self._by_iri: dict[str, Term] = {}
        for term in terms:
            self._by_iri[term.iri] = term
            prefixed = f"primum:{term.iri.removeprefix(PREFIXES['primum'])}"
            for name in {normal(n) for n in (term.id, term.slug, term.iri, prefixed, term.label)}:
                self._own[name].append(term)
            for name in {normal(n) for n in term.synonyms}:
                self._synonyms[name].append(term)
        self._spelled = sorted({**self._synonyms, **self._own})

    def __iter__(self) -> Iterator[Term]:
        """All terms of the kind."""
        return iter(self._by_iri.values())

    def find(self, name: str, *, where: str) -> Term:
        """The term that bears a name.

        Raises AmbiguousName with the candidates where a name is that of several terms, and
        UnknownName with the nearest ones where it is that of none. `where` is the parameter or
        JSON Pointer that the name stands in.
        """
        wanted = normal(name)
        found = self._bearing(wanted)
        if len(found) == 1:
            return found[0]
        if found:
            candidates = tuple(sorted(term.id for term in found))
            raise AmbiguousName(
                f"{name!r} names several terms: {', '.join(candidates)}. Say which one is meant.",
                where=where,
                found=name,
                allowed=candidates,
            )
        nearest = tuple(term.id for term in self.nearest(wanted))
        raise UnknownName(
            f"No {self._kind} is called {name!r}. The nearest names are {', '.join(nearest)}.",
            where=where,
            found=name,
            allowed=nearest,
        )

    def known(self, name: str) -> Term | None:
        """The term that bears a name; None where it is that of no term, or of several."""
        found = self._bearing(normal(name))
        return found[0] if len(found) == 1 else None

    def _bearing(self, wanted: str) -> list[Term]:
        """The terms that bear a name."""
        return self._own.get(wanted) or self._synonyms.get(wanted, [])

    def nearest(self, name: str) -> list[Term]:
        """The terms whose names are spelled most like a name, nearest first."""
        wanted = normal(name)[:_COMPARED]
        ranked = process.extract(wanted, self._spelled, scorer=fuzz.ratio, limit=4 * _NEAREST)
        names = [near for near, _, _ in ranked]
        every = {**self._synonyms, **self._own}
        return list(dict.fromkeys(term for near in names for term in every[near]))[:_NEAREST]

    def of_iri(self, iri: str) -> Term:
        """The term of an IRI that is known to be one."""
        return self._by_iri[iri]
