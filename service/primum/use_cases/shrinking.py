"""Shrinking a disagreement: the simplest scene nearby in which judge and engine still differ."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce

from primum.model.cases import Case
from primum.model.levels import Screening
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Number, Span
from primum.use_cases.comparing import Comparison, Court
from primum.use_cases.describing import covers
from primum.use_cases.drawing import Scene

_ROUNDS = 4
_ANY_TIME = Span()
Step = Callable[[Scene], Scene]
_Loosen = Callable[[Region], Region]
_LOOSER: Sequence[_Loosen] = (
    lambda region: replace(region, treatments=Classes(required=region.treatments.required)),
    lambda region: replace(region, treatments=Classes()),
    lambda region: replace(region, injuries=Classes()),
    lambda region: replace(region, factors=Classes()),
    lambda region: replace(region, grades=GRADES),
    lambda region: replace(region, hours=_ANY_TIME),
    lambda region: replace(region, ages=Span()),
)


def shrink(court: Court, found: Comparison) -> Comparison:
    """The disagreement, made smaller for as long as judge and engine still differ.

    Simpler scenes are put to HermiT all at once: each one step simpler, each several steps; the
    smallest that still disagrees is tried further with the steps that led to one. First facts are
    forgotten and rules dropped, then what the remaining rules ask, then facts again. Each of the
    three takes at most four batches, so that HermiT is asked twelve times at most; what is left
    may not be the very smallest.
    """
    fewer = _shrunk_by(court, found, _to_fewer)
    looser = _shrunk_by(court, fewer, _to_looser)
    return fewer if looser == fewer else _shrunk_by(court, looser, _to_fewer)


def _shrunk_by(
    court: Court, found: Comparison, steps_of: Callable[[Court, Scene], Iterable[Step]]
) -> Comparison:
    """The smallest disagreement that rounds of some kind of step lead to."""
    scene = _pertinent(court, found.scene)
    steps = list(steps_of(court, scene))
    for _ in range(_ROUNDS):
        smaller = [each for each in _simpler(scene, steps) if size(each) < size(found.scene)]
        compared = court.compare(smaller) if smaller else []
        differing = {each.scene: each for each in compared if not each.agrees}
        if not differing:
            break
        steps = [step for step in steps if step(scene) in differing]
        found = min(differing.values(), key=lambda each: size(each.scene))
        scene = found.scene
    return found


def _simpler(scene: Scene, steps: Sequence[Step]) -> list[Scene]:
    """The scene, and those that single steps and groups of steps lead to."""
    taken = [reduce(_apply, group, scene) for group in _groups(steps)]
    return list(dict.fromkeys([scene, *(step(scene) for step in steps), *taken]))


def _groups(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """All steps, each half, each quarter, and all but a quarter."""
    for parts in (1, 2, 4):
        length = -(-len(steps) // parts) or 1
        for start in range(0, len(steps), length):
            yield steps[start : start + length]
            yield [*steps[:start], *steps[start + length :]]


def _apply(scene: Scene, step: Step) -> Scene:
    return step(scene)


# --- steps: each leaves a scene as it is where it does not apply ----------------------------------


def _pertinent(court: Court, scene: Scene) -> Scene:
    """The scene without the drawn rules that speak of other treatments only."""
    treatment, axioms = scene.situation.treatment, court.knowledge.axioms
    return _with_rules(scene, lambda rule: (rule,) if covers(rule, treatment, axioms) else ())


def _to_fewer(court: Court, scene: Scene) -> Iterator[Step]:
    """Steps that drop rules and forget facts."""
    yield from (partial(_without, rule.iri) for rule in scene.rules or ())
    case = scene.situation.case
    yield from (partial(_forgotten, factor) for factor in sorted(case.present | case.absent))
    yield lambda scene: _with_case(scene, replace(scene.situation.case, grade=None))
    yield lambda scene: _with_case(scene, replace(scene.situation.case, age=None))
    clear = Screening.ASSUME_CLEAR
    yield lambda scene: _with_case(scene, replace(scene.situation.case, screening=clear))
    yield lambda scene: _with_case(scene, replace(scene.situation.case, hours=_ANY_TIME))
    yield from (partial(_at, instant) for instant in _instants(court, scene))


def _to_looser(_: Court, scene: Scene) -> Iterator[Step]:
    """Steps that drop a constraint of a region, or a whole region of a rule that has several."""
    for rule in scene.rules or ():
        for number in range(len(rule.regions)):
            yield from (partial(_loosened, rule.iri, number, looser) for looser in _LOOSER)
        yield from (partial(_halved, rule.iri, region) for region in rule.regions)


def _with_case(scene: Scene, case: Case) -> Scene:
    """The scene with another case."""
    return replace(scene, situation=replace(scene.situation, case=case))


def _forgotten(factor: str, scene: Scene) -> Scene:
    """The scene in which nothing is said of a factor."""
    case = scene.situation.case
    kept = replace(case, present=case.present - {factor}, absent=case.absent - {factor})
    return _with_case(scene, kept)


def _at(instant: Number, scene: Scene) -> Scene:
    """The scene at one instant of the span that it may lie in, or at the full hour before it."""
    case = scene.situation.case
    if case.hours == _ANY_TIME or time_size(case.hours) <= time_size(Span.at(instant)):
        return scene
    return _with_case(scene, replace(case, hours=Span.at(instant)))


def _instants(court: Court, scene: Scene) -> Iterator[Number]:
    """The ends of the span, the edges of rules within it, and the full hour before an instant."""
    hours = scene.situation.case.hours
    rules = court.knowledge.rules if scene.rules is None else scene.rules
    spans = [hours, *(region.hours for rule in rules for region in rule.regions)]
    edges = sorted({cut.at for span in spans for cut in (span.start, span.end) if cut is not None})
    yield from (edge for edge in edges if hours.covers(Span.at(edge)))
    yield hours.start.at // 1


def _without(iri: str, scene: Scene) -> Scene:
    """The scene without a rule."""
    return _with_rules(scene, lambda rule: () if rule.iri == iri else (rule,))


def _loosened(iri: str, number: int, looser: _Loosen, scene: Scene) -> Scene:
    """The scene in which one region of a rule asks less."""

    def change(rule: Rule) -> tuple[Rule, ...]:
        if rule.iri != iri or number >= len(rule.regions):
            return (rule,)
        regions = [looser(r) if n == number else r for n, r in enumerate(rule.regions)]
        return (_over(rule, regions),)

    return _with_rules(scene, change)


def _halved(iri: str, dropped: Region, scene: Scene) -> Scene:
    """The scene in which a rule lacks a region, if it has another."""

    def change(rule: Rule) -> tuple[Rule, ...]:
        kept = [region for region in rule.regions if region != dropped]
        return (_over(rule, kept),) if rule.iri == iri and kept else (rule,)

    return _with_rules(scene, change)


def _over(rule: Rule, regions: Iterable[Region]) -> Rule:
    """The rule with other regions, each once."""
    kept = tuple(dict.fromkeys(regions))
    return replace(rule, regions=kept, bounds=("",) * len(kept))


def _with_rules(scene: Scene, change: Callable[[Rule], tuple[Rule, ...]]) -> Scene:
    """The scene with each drawn rule changed; the shipped ones stay as they are."""
    if scene.rules is None:
        return scene
    return replace(scene, rules=tuple(new for rule in scene.rules for new in change(rule)))


# --- sizes ----------------------------------------------------------------------------------------


def size(scene: Scene) -> int:
    """How much there is to read: facts, rules, regions and constraints, each counted."""
    case = scene.situation.case
    facts = (case.grade is not None, case.age is not None, case.screening is Screening.UNKNOWN)
    known = len(case.present) + len(case.absent) + sum(facts) + time_size(case.hours)
    regions = [region for rule in scene.rules or () for region in rule.regions]
    return known + len(scene.rules or ()) + sum(map(_region_size, regions))


def time_size(hours: Span) -> int:
    """Nothing known is simplest, then a full hour, any other instant, and an interval."""
    if hours == _ANY_TIME:
        return 0
    if not hours.is_instant:
        return 3
    return 1 if hours.start.at == hours.start.at // 1 else 2


def _region_size(region: Region) -> int:
    """One for the region and one for each constraint."""
    classes = (region.treatments, region.injuries, region.factors)
    named = sum(len(each.required) + len(each.excluded) for each in classes)
    spans = (region.hours != _ANY_TIME, region.ages != Span(), region.grades != GRADES)
    return 1 + named + sum(spans)
