"""The bytes of an answer are those of its document, whatever was answered before."""

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reasoning.bases import cases, knowledge_bases, timed
from tests.use_cases.timed_cases import facts, grid, times, variants

from primum.foundation.errors import Contradiction
from primum.model.answers import Answer
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Verdict
from primum.reasoning.engine import Engine
from primum.use_cases.documents import Writer
from primum.use_cases.drawing import Draw
from primum.use_cases.question import Asked
from primum.use_cases.rendering import Renderer
from primum.use_cases.service import Primum

PLENTY = 50_000_000
DESIGN = Asked("hamstring-strain", grade="2", day="3")
COMPACT = ("treatment", "verdict", "level", "changesAt")
FEW = settings(max_examples=8)
MANY = settings(max_examples=40)
Json = dict[str, Any]


@pytest.fixture(scope="session")
def phrases(primum: Primum) -> Mapping[str, str]:
    """The patterns in which any knowledge is put into words."""
    return primum.release.knowledge.phrases


class Recording(Engine):
    """An engine that keeps a list of the cases it was asked to answer."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self.asked: list[Case] = []

    def answer(self, case: Case) -> Answer:
        """The answer to a case."""
        self.asked.append(case)
        return super().answer(case)


def over(engine: Engine, kept_bytes: int = PLENTY) -> Renderer:
    """A renderer that has answered nothing yet."""
    return Renderer(engine, Writer(engine.knowledge), kept_bytes=kept_bytes)


def documented(engine: Engine, case: Case) -> Json:
    """The document of an answer, as it is after a round trip through JSON."""
    found: Json = json.loads(json.dumps(Writer(engine.knowledge).answer(engine.answer(case))))
    return found


def possible(engine: Engine, case: Case) -> bool:
    """Whether the facts of a case can be true together."""
    try:
        engine.answer(case)
    except Contradiction:
        return False
    return True


def same(rendered: bytes, document: object) -> None:
    """The bytes are those of a document, members in the same order."""
    assert json.dumps(json.loads(rendered)) == json.dumps(document)


def check_whole(engine: Engine, renderer: Renderer, case: Case) -> None:
    """The answer, its head and its compact form are as documented, the second time too."""
    document = documented(engine, case)
    for _ in range(2):
        same(renderer.answer(case), document)
    head = {name: document[name] for name in ("notice", "question", "knowledge")}
    same(b"{" + renderer.head(case) + b"}", head)
    compact = [
        {name: found[name] for name in COMPACT if name in found} for found in document["treatments"]
    ]
    for _ in range(2):
        same(renderer.verdicts(case), {**head, "treatments": compact})


def check_parts(engine: Engine, renderer: Renderer, case: Case) -> None:
    """Each finding, and the answers on one treatment or some verdicts, are as documented."""
    document = documented(engine, case)
    every = document.pop("treatments")
    for found in every:
        iri = found["treatment"]["iri"]
        same(renderer.finding(case, iri), found)
        same(renderer.answer(case, treatment=iri), document | {"treatments": [found]})
    for verdict in Verdict:
        some = [found for found in every if found["verdict"] == verdict]
        same(renderer.answer(case, verdicts={verdict}), document | {"treatments": some})


def check_refused(renderer: Renderer, case: Case) -> None:
    """No method answers facts that exclude each other."""
    treatment = "anything"
    asks: Iterable[Callable[[], object]] = (
        lambda: renderer.answer(case),
        lambda: renderer.answer(case, treatment=treatment),
        lambda: renderer.finding(case, treatment),
        lambda: renderer.verdicts(case),
    )
    for ask in asks:
        with pytest.raises(Contradiction):
            ask()


def check(engine: Engine, renderer: Renderer, case: Case) -> None:
    """All that a renderer gives for a case."""
    if possible(engine, case):
        check_whole(engine, renderer, case)
        check_parts(engine, renderer, case)
    else:
        check_refused(renderer, case)


@FEW
@given(data=st.data())
def test_any_case_of_the_shipped_knowledge_is_rendered_as_documented(
    primum: Primum, data: st.DataObject
) -> None:
    """At several times in turn, so that what is kept for one serves the next."""
    knowledge, renderer = primum.release.knowledge, over(primum.engine)
    case = data.draw(facts(knowledge))
    for time in data.draw(times(knowledge)):
        check(primum.engine, renderer, time(case))


@MANY
@given(base=st.one_of(knowledge_bases, timed()), case=cases, data=st.data())
def test_any_case_of_any_knowledge_is_rendered_as_documented(
    phrases: Mapping[str, str], base: Knowledge, case: Case, data: st.DataObject
) -> None:
    """Windows may begin and end at any instant, before or after it, and many at once."""
    engine = Engine(replace(base, phrases=phrases))
    renderer = over(engine)
    for time in data.draw(times(base)):
        check(engine, renderer, time(case))


def check_order(engine: Engine, asked: Iterable[Case]) -> None:
    """Cases asked one after the other are answered as if each were the first."""
    keeping, forgetful = over(engine), over(engine, 0)
    for case in asked:
        if possible(engine, case):
            assert keeping.answer(case) == forgetful.answer(case)
            assert keeping.verdicts(case) == forgetful.verdicts(case)


def asked_over(knowledge: Knowledge, case: Case, chance: Random, count: int) -> list[Case]:
    """So many cases with facts like those of a case, at times close together."""
    every, close = grid(knowledge), variants(case)
    return [chance.choice(every)(chance.choice(close)) for _ in range(count)]


@MANY
@given(
    base=st.one_of(knowledge_bases, timed(), timed()),
    case=cases,
    seed=st.integers(0, 2**32),
)
def test_what_is_kept_of_one_case_never_shows_in_another(
    phrases: Mapping[str, str], base: Knowledge, case: Case, seed: int
) -> None:
    """Facts and times that differ in one point, in any order, over any knowledge."""
    engine = Engine(replace(base, phrases=phrases))
    chance = Random(seed)  # noqa: S311 - samples, no secrets
    check_order(engine, asked_over(base, case, chance, 60))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_of_one_case_never_shows_in_another_of_the_shipped_knowledge(
    primum: Primum, seed: int
) -> None:
    """The same over the rules and windows that there are."""
    chance = Random(seed)  # noqa: S311 - samples, no secrets
    knowledge = primum.release.knowledge
    case = Draw(knowledge, chance).open().case
    check_order(primum.engine, asked_over(knowledge, case, chance, 60))


def test_findings_are_the_same_whether_kept_alone_or_with_all_others(primum: Primum) -> None:
    """One treatment is written alone before the whole answer is, and taken from it afterwards."""
    case, renderer = primum.case(DESIGN), over(primum.engine)
    check_parts(primum.engine, renderer, case)
    check_whole(primum.engine, renderer, case)
    check_parts(primum.engine, renderer, case)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"hours": "50"}, {"hours": "51.5"}),
        ({"day": "3"}, {"day": "4"}),
        (
            {"onset": "2026-11-19T10:10:00Z", "at": "2026-11-22T10:00:00Z"},
            {"onset": "2026-10-01T08:00:00+02:00", "at": "2026-10-04T07:00:00.5+02:00"},
        ),
        (
            {"onset": "2026-11-19", "at": "2026-11-23T10:00:00Z"},
            {"onset": "2026-10-01", "at": "2026-10-05T11:30:00+05:30"},
        ),
        ({}, {}),
    ],
)
def test_a_like_case_is_not_reasoned_about_again(
    primum: Primum, first: dict[str, str], second: dict[str, str]
) -> None:
    """Between the same cuts of time the kept findings are filled for another instant."""
    engine = Recording(primum.release.knowledge)
    renderer = over(engine)
    one, other = (
        primum.case(Asked("hamstring-strain", grade="2", **time)) for time in (first, second)
    )
    renderer.answer(one)
    rendered = renderer.answer(other)
    assert engine.asked == [one]
    same(rendered, documented(primum.engine, other))


def test_nothing_is_kept_for_an_onset_that_only_the_instant_bounds(primum: Primum) -> None:
    """The next instant would be another question."""
    renderer = over(primum.engine)
    asked = Asked("hamstring-strain", onset="2026-11-19/..", at="2026-11-22T10:00:00Z")
    check(primum.engine, renderer, primum.case(asked))
    assert renderer.kept_bytes == 0


def test_further_members_stand_after_the_treatments(primum: Primum) -> None:
    """They are members of the same document, after its own."""
    case = primum.case(DESIGN)
    rendered = over(primum.engine).answer(case, more=b'"audits":[1],"warnings":[]')
    same(rendered, documented(primum.engine, case) | {"audits": [1], "warnings": []})


def test_a_treatment_that_there_is_not_has_no_finding(primum: Primum) -> None:
    """Asking for its finding is an error; filtering by it leaves no finding."""
    case, renderer = primum.case(DESIGN), over(primum.engine)
    with pytest.raises(KeyError, match="nothing"):
        renderer.finding(case, "nothing")
    assert json.loads(renderer.answer(case, treatment="nothing"))["treatments"] == []


def test_answers_are_compact_and_escape_nothing_that_need_not_be(primum: Primum) -> None:
    """UTF-8, without a space between members."""
    case = primum.case(DESIGN)
    expected = json.dumps(
        documented(primum.engine, case), ensure_ascii=False, separators=(",", ":")
    )
    assert over(primum.engine).answer(case) == expected.encode()


def test_no_label_can_be_taken_for_a_blank(primum: Primum) -> None:
    """Labels may hold any character, those that mark a blank among them."""
    knowledge = primum.release.knowledge
    odd = tuple(
        replace(term, label=f'{term.label} \0hours\0 \0,\0 "168" \N{GREEK SMALL LETTER ALPHA}')
        for term in knowledge.treatments
    )
    engine = Engine(replace(knowledge, treatments=odd))
    check_whole(engine, over(engine), primum.case(DESIGN))


def test_contradictory_facts_are_refused_after_others_were_answered(primum: Primum) -> None:
    """What is kept never holds for facts that exclude each other."""
    renderer = over(primum.engine)
    renderer.answer(primum.case(DESIGN))
    knowledge = primum.release.knowledge
    one, other = sorted(min(knowledge.axioms.apart, key=sorted))
    both = replace(primum.case(DESIGN), present=frozenset({one, other}))
    check_refused(renderer, both)
    check_refused(renderer, both)


def mixed(primum: Primum, count: int) -> list[Case]:
    """Cases of many kinds, all possible."""
    draw = Draw(primum.release.knowledge, Random("mixed"))  # noqa: S311 - samples, no secrets
    drawn = (draw.known().case if number % 2 else draw.open().case for number in range(3 * count))
    return [case for case in drawn if possible(primum.engine, case)][:count]


def test_what_is_kept_stays_within_its_bound(primum: Primum) -> None:
    """However many answers are written, and however large they are."""
    bound = 1_000_000
    renderer, sizes = over(primum.engine, bound), []
    for case in mixed(primum, 20):
        renderer.answer(case)
        renderer.verdicts(case)
        sizes.append(renderer.kept_bytes)
    assert max(sizes) <= bound
    assert max(sizes) > bound / 2


def test_threads_get_the_bytes_that_one_thread_gets(primum: Primum) -> None:
    """Eight at once, over cases that drive each other out of what is kept."""
    asked = 6 * mixed(primum, 10)
    Random("order").shuffle(asked)  # noqa: S311 - an order, no secret
    alone = over(primum.engine)
    expected = [alone.answer(case) for case in asked]
    renderer = over(primum.engine, 2_000_000)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(renderer.answer, asked)) == expected
