"""The graph around a term as a drawing: left what leads to it, right where it leads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Final, Self

from primum.use_cases.terms.links import Linked
from primum.use_cases.terms.page import Page
from primum.use_cases.terms.refs import Ref

_MOST: Final = 16
_STEP: Final = 26
_GAP: Final = 14
_MARGIN: Final = 18
_FEW: Final = 3
Groups = Mapping[str, Sequence[Ref]]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A term beside the one drawn, and the height at which it stands."""

    ref: Ref
    at: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """Neighbours that one kind of link leads to; `by` names it, `at` is where the name stands."""

    by: str
    at: int
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A drawing of so many pixels in height; `more` counts the neighbours that found no room."""

    ref: Ref
    left: tuple[Bundle, ...]
    right: tuple[Bundle, ...]
    height: int
    more: int

    @classmethod
    def of(cls, page: Page, *, narrower: str, wider: str) -> Self:
        """The drawing for a page; `narrower` and `wider` name the links of the hierarchy."""
        around = page.hierarchy
        to = {wider: around.wider, **_ends((*page.linked, *page.following))}
        sides = _balanced(_shared({narrower: around.narrower, **_ends(page.linking)}), _shared(to))
        height = max(map(_height, sides))
        left, right = (_bundles(side, height) for side in sides)
        shown = sum(len(refs) for side in sides for refs in side.values())
        every = {ref for refs in to.values() for ref in refs} | {
            ref for refs in (around.narrower, *_ends(page.linking).values()) for ref in refs
        }
        return cls(page.ref, left, right, height, max(0, len(every) - shown))

    def __bool__(self) -> bool:
        """Whether anything stands around the term."""
        return bool(self.left or self.right)


def _ends(linked: Iterable[Linked]) -> dict[str, list[Ref]]:
    """The single terms that links lead to, by the property's name."""
    found: dict[str, list[Ref]] = {}
    for group in linked:
        for end in group.ends:
            named = [piece.ref for piece in end.target if piece.ref is not None]
            if len(named) == 1 and named[0] not in found.setdefault(group.property.label, []):
                found[group.property.label].append(named[0])
    return found


def _shared(groups: Groups) -> Groups:
    """As many neighbours as there is room for, each kind of link having its share."""
    turns = zip_longest(*([(by, ref) for ref in refs] for by, refs in groups.items()))
    chosen = list(islice((pair for turn in turns for pair in turn if pair is not None), _MOST))
    kept = {by: [ref for name, ref in chosen if name == by] for by in groups}
    return {by: refs for by, refs in kept.items() if refs}


def _balanced(left: Groups, right: Groups) -> tuple[Groups, Groups]:
    """Both sides; where nothing leads to the term, some of what it leads to stands on the left."""
    if left or len(right) < _FEW:
        return left, right
    moved = dict(islice(right.items(), len(right) // 2))
    return moved, {by: refs for by, refs in right.items() if by not in moved}


def _height(groups: Groups) -> int:
    """The pixels that one side takes."""
    rows = sum(len(refs) for refs in groups.values())
    return 2 * _MARGIN + max(1, rows) * _STEP + len(groups) * (_GAP + _STEP // 2)


def _bundles(groups: Groups, height: int) -> tuple[Bundle, ...]:
    """One side of the drawing, in the middle of its height."""
    return tuple(_placed(groups, _MARGIN + (height - _height(groups)) // 2))


def _placed(groups: Groups, top: int) -> Iterator[Bundle]:
    """Bundles one below the other, from a height on."""
    at = top
    for by, refs in groups.items():
        name_at = at + _STEP // 2
        places = range(name_at + _STEP, name_at + _STEP * (len(refs) + 1), _STEP)
        yield Bundle(by, name_at, tuple(map(Neighbour, refs, places)))
        at = name_at + _STEP * len(refs) + _GAP
