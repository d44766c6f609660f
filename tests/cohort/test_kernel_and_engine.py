"""The kernel of cohorts against the engine, over random rule bases.

The shipped rules exclude little and end their windows at whole hours. Random ones exclude injuries
and factors, ask for several factors, end before and after odd hours, and are certain only together.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from tests.cohort.found import Found, finding_of, hours_of
from tests.cohort.in_columns import audited, columns_of, levels_of, moment
from tests.reasoning.bases import HOURS, cases, knowledge_bases, timed

from primum.foundation.errors import Contradiction
from primum.model.cases import Case, Dating
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.moments import Onset
from primum.model.spans import Cut, Number, Span
from primum.reasoning.cohort.kernel import Kernel
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw
from primum.use_cases.inventing import Inventor
from primum.use_cases.question import asked_at
from primum.use_cases.question import hours_of as hours_asked
from primum.use_cases.service import Primum

_AT = 1_700_000_000_123_457
_NEAR = (-2, -1, 0, 1, 2)
MANY = settings(
    max_examples=150,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def ago(case: Case, first: int | None, last: int | None, at: int = _AT) -> Case:
    """A case of an onset that lies between so many microseconds before an instant."""
    earliest = None if first is None else Cut(moment(at - first).hours)
    latest = None if last is None else Cut(moment(at - last).hours, after=True)
    dating = asked_at(Dating(Onset(earliest, latest), 0), moment(at))
    return replace(case, hours=hours_asked(dating), dating=dating)


def expected(engine: Engine, case: Case) -> list[Found] | None:
    """What the engine finds of each treatment; None where facts contradict.

    Treatments that the same regions speak of are answered once.
    """
    by_regions: dict[int, Found] = {}
    try:
        for term in engine.knowledge.treatments:
            regions = engine.tables.treatments[term.iri]
            if regions not in by_regions:
                by_regions[regions] = Found.of(finding_of(engine, case, term))
    except Contradiction:
        return None
    treatments = engine.knowledge.treatments
    return [by_regions[engine.tables.treatments[term.iri]] for term in treatments]


def demand_agreement(engine: Engine, asked: Iterable[Case]) -> None:
    """Fail at the first case and treatment of which kernel and engine say different things."""
    for screening in Screening:
        some = [case for case in asked if case.screening is screening]
        if some:
            demand_of(Kernel(engine, screening), engine, some)


def demand_of(kernel: Kernel, engine: Engine, asked: Sequence[Case]) -> None:
    """The same of one kernel, about cases of its way of screening."""
    columns = columns_of(engine.knowledge, asked)
    answers = [expected(engine, case) for case in asked]
    everything = kernel.everything(columns)
    assert [answer is None for answer in answers] == everything.contradicts.tolist()
    for number, term in enumerate(engine.knowledge.treatments):
        found = kernel.audit(columns, np.full(len(asked), number, np.int16))
        since, until = found.hours_from.tolist(), found.hours_until.tolist()
        for record, one in enumerate(audited(kernel, found)):
            case, answer = asked[record], answers[record]
            assert (None if answer is None else answer[number]) == one, (case, term.id)
            if one is not None:
                assert repr(told(hours_of(case))) == repr((since[record], until[record])), case
                levels = tuple(level.word for level in levels_of(everything, record, number))
                assert (one.certain, one.possible) == levels, (case, term.id)


def told(hours: tuple[float | None, float | None]) -> tuple[float, ...]:
    """Hours, those that are not known as the kernel has them."""
    return tuple(np.nan if hour is None else hour for hour in hours)


def timings(hours: Sequence[Number]) -> st.SearchStrategy[tuple[int | None, int | None]]:
    """How long ago an onset was at the earliest and at the latest, close to some hours."""
    beside = st.builds(
        lambda hour, step: max(0, int(hour * 3_600_000_000) + step),
        st.sampled_from(hours),
        st.sampled_from(_NEAR),
    )
    return st.one_of(
        beside.map(lambda one: (one, one)),
        st.builds(lambda one, other: (max(one, other), min(one, other)), beside, beside),
        beside.map(lambda one: (one, None)),
        beside.map(lambda one: (None, one)),
    )


def days(case: Case, day: int) -> Case:
    """The same case, a whole day of it, or an instant where the day is negative."""
    span = Span.half_open(24 * day, 24 * day + 24) if day >= 0 else Span.at(-day)
    return replace(case, hours=span, dating=None)


timed_cases = st.builds(lambda case, timing: ago(case, *timing), cases, timings(HOURS)) | st.builds(
    days, cases, st.sampled_from((0, 1, -1, -2, -4))
)
untimed = cases.map(lambda case: replace(case, hours=Span(), dating=None))


@MANY
@given(
    knowledge=knowledge_bases | timed(),
    asked=st.lists(timed_cases | untimed, min_size=1, max_size=12),
)
def test_kernel_and_engine_agree_on_small_bases(knowledge: Knowledge, asked: list[Case]) -> None:
    """Whatever axioms and rules there are, every column is what the engine finds."""
    for case in asked:
        note(str(case))
    demand_agreement(Engine(knowledge), asked)


def invented(knowledge: Knowledge, seed: int) -> tuple[Engine, Draw]:
    """An engine over rules that were invented, and a draw of situations that they speak of."""
    draw = Draw(knowledge, random.Random(seed))  # noqa: S311 - samples, not secrets
    inventor = Inventor.over(draw)
    rules = inventor.rules()
    wide = replace(knowledge, rules=rules)
    return Engine(wide), draw.over(rules)


def drawn_cases(engine: Engine, draw: Draw, count: int) -> Iterator[Case]:
    """Cases that invented rules speak of, timed on the edges of their windows and beside."""
    edges = [cut.at for cut in engine.tables.hours.cuts]
    for _ in range(count):
        case, chance = draw.open().case, draw.chance
        one, other = (
            max(0, int(chance.choice(edges) * 3_600_000_000) + chance.choice(_NEAR))
            for _ in range(2)
        )
        kind = chance.randrange(6)
        if kind == 0:
            yield replace(case, hours=Span())
        elif kind == 1:
            yield days(case, chance.randrange(-100, 60))
        else:
            first, last = max(one, other), one if kind == 5 else min(one, other)
            bounds = {2: (first, first), 3: (first, None), 4: (None, last)}
            yield ago(case, *bounds.get(kind, (first, last)))


@pytest.mark.parametrize("seed", range(16))
def test_kernel_and_engine_agree_on_invented_rules(seed: int, primum: Primum) -> None:
    """Rules over the shipped terms, of every shape that compiles, are weighed alike."""
    engine, draw = invented(primum.release.knowledge, seed)
    demand_agreement(engine, list(drawn_cases(engine, draw, 40)))


def _later_cut(kernel: Kernel) -> None:
    """All windows but those from the onset on begin a microsecond later."""
    kernel._clock.places[1:] += 4


def _milder(kernel: Kernel) -> None:
    """The strictest mark means a milder level."""
    kernel._scale.levels[-1] -= 1


def _other_group(kernel: Kernel) -> None:
    """The treatments are answered as their neighbours are."""
    kernel._group[:] = np.roll(kernel._group, 1)


def _other_verdict(kernel: Kernel) -> None:
    """No treatment is ever ruled out."""
    kernel._verdicts[:, 0] = 0


def _older(kernel: Kernel) -> None:
    """Every age is in the band before its own."""
    kernel._ages[:] = np.maximum(kernel._ages - 1, 0)


@pytest.mark.parametrize("damage", [_later_cut, _milder, _other_group, _other_verdict, _older])
def test_a_fault_in_the_arrays_is_seen(damage: Callable[[Kernel], None], primum: Primum) -> None:
    """One changed number in what the kernel compiled makes the comparison fail."""
    chance = random.Random(1)  # noqa: S311 - samples, not secrets
    draw = Draw(primum.release.knowledge, chance)
    asked = list(drawn_cases(primum.engine, draw, 200))
    some = [replace(case, screening=Screening.ASSUME_CLEAR) for case in asked]
    kernel = Kernel(primum.engine, Screening.ASSUME_CLEAR)
    demand_of(kernel, primum.engine, some[:20])
    damaged = Kernel(primum.engine, Screening.ASSUME_CLEAR)
    damage(damaged)
    with pytest.raises(AssertionError):
        demand_of(damaged, primum.engine, some)
