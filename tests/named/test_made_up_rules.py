"""Questions read every constraint that a region can have, also those that no shipped rule uses.

Each test adds a made-up rule on a treatment that no shipped rule speaks of to a copy of the data.
"""

from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from tests.named.asking import Pairs, picked, records

from primum.foundation.names import BASE, RDFS, Datatype, Flat, Link
from primum.use_cases.named.questions import Questions

TREATMENT = "Brace"
Region = dict[str, str | int]
Ask = Callable[[str, Pairs], list[dict[str, str]]]
Asking = Callable[[Region], Ask]
DAY = [("injury", "hamstring-strain"), ("grade", "2"), ("day", "3")]
CASE = [("injury", "hamstring-strain"), ("grade", "2")]
SPAN = [*CASE, ("fromHours", "72"), ("untilHours", "96")]


def term(value: str | int, predicate: str) -> ox.NamedNode | ox.Literal:
    """A term of Primum, a whole number, hours, or a word."""
    if predicate in (Flat.FROM, Flat.UNTIL):
        return ox.Literal(str(value), datatype=ox.NamedNode(Datatype.DECIMAL))
    if isinstance(value, int):
        return ox.Literal(value)
    return ox.NamedNode(BASE + value) if value[0].isupper() else ox.Literal(value)


@pytest.fixture(scope="module")
def copy(store: ox.Store) -> ox.Store:
    """The shipped data, to add rules to."""
    found = ox.Store()
    found.bulk_extend(store)
    return found


@pytest.fixture
def asking(questions: Questions, copy: ox.Store) -> Iterator[Asking]:
    """Asks questions of the shipped data with one more rule in them."""
    node, rule = ox.NamedNode(BASE + "region/MadeUp-1"), ox.NamedNode(BASE + "MadeUp")

    def with_rule(region: Region) -> Ask:
        """The data with a region: a relative contraindication unless it says otherwise."""
        forget(copy, node)
        whole = {
            Flat.EFFECT: "relative",
            Flat.RANK: 2,
            Flat.OF_RULE: "MadeUp",
            Flat.TREATMENT: TREATMENT,
            **region,
        }
        copy.extend(ox.Quad(node, ox.NamedNode(p), term(v, p)) for p, v in whole.items())
        for annotation in (RDFS + "label", Link.RATIONALE):
            copy.add(ox.Quad(rule, ox.NamedNode(annotation), ox.Literal("Made up", language="en")))
        return lambda name, pairs: [
            row
            for row in records(questions, copy, name, pairs)
            if TREATMENT in row.values() or "answer" in row
        ]

    yield with_rule
    forget(copy, node)
    forget(copy, rule)


def forget(copy: ox.Store, node: ox.NamedNode) -> None:
    """Take everything out that is said of a node."""
    for quad in list(copy.quads_for_pattern(node, None, None)):
        copy.remove(quad)


def levels(ask: Ask, *factors: str) -> tuple[str, str, int]:
    """The level of the treatment by day and by hours, and the number of its reasons."""
    given = [("factor", factor) for factor in factors]
    (by_hours,) = ask("contraindications", [*SPAN, *given])
    by_day = ask("contraindicated-on-day", [*DAY, *given])
    level = by_day[0]["certain"] if by_day else "none"
    return level, by_hours["certain"], len(ask("reasons", [*SPAN, *given]))


BARRED, SILENT = ("relative", "2", 1), ("none", "0", 0)


def test_no_shipped_rule_speaks_of_the_treatment(asking: Asking) -> None:
    """Else these tests would show nothing; a rule without constraints bars it."""
    assert levels(asking({Flat.TREATMENT: "HeelPads"})) == SILENT
    assert levels(asking({})) == BARRED


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ({Flat.INJURY: "MuscleStrain"}, BARRED),
        ({Flat.INJURY: "LigamentSprain"}, SILENT),
        ({Flat.NOT_INJURY: "MuscleStrain"}, SILENT),
        ({Flat.NOT_INJURY: "LigamentSprain"}, BARRED),
        ({Flat.GRADE: 2}, BARRED),
        ({Flat.GRADE: 3}, SILENT),
        ({Flat.FROM: 72}, BARRED),
        ({Flat.FROM: 96}, SILENT),
        ({Flat.UNTIL: 96}, BARRED),
        ({Flat.UNTIL: 72}, SILENT),
        ({Flat.FACTOR: "Fever"}, SILENT),
        ({Flat.NOT_FACTOR: "Fever"}, BARRED),
        ({Flat.TREATMENT: "DeviceTherapy"}, BARRED),
        ({Flat.TREATMENT: "DeviceTherapy", Flat.NOT_TREATMENT: TREATMENT}, SILENT),
        ({Flat.TREATMENT: "DeviceTherapy", Flat.NOT_TREATMENT: "HeelPads"}, BARRED),
    ],
)
def test_each_constraint_counts(
    asking: Asking, region: Region, expected: tuple[str, str, int]
) -> None:
    """Levels by day and by hours, and reasons, are those of a rule with the constraint."""
    assert expected == levels(asking(region))


@pytest.mark.parametrize(
    ("region", "factors", "expected"),
    [
        ({Flat.FACTOR: "Pregnancy"}, ("pregnancy-third-trimester",), BARRED),
        ({Flat.FACTOR: "PregnancyThirdTrimester"}, ("pregnancy",), SILENT),
        ({Flat.NOT_FACTOR: "Pregnancy"}, ("pregnancy-third-trimester",), SILENT),
        ({Flat.NOT_FACTOR: "PregnancyThirdTrimester"}, ("pregnancy",), BARRED),
        ({Flat.FACTOR: "Fever", Flat.NOT_FACTOR: "Burn"}, ("fever",), BARRED),
        ({Flat.FACTOR: "Fever", Flat.NOT_FACTOR: "Burn"}, ("fever", "burn"), SILENT),
    ],
)
def test_factors_and_their_kinds_count(
    asking: Asking,
    region: Region,
    factors: tuple[str, ...],
    expected: tuple[str, str, int],
) -> None:
    """A kind of a factor is that factor; the factor is not its kind."""
    assert expected == levels(asking(region), *factors)


def test_a_window_that_opens_within_a_day_is_possible_and_not_certain(
    asking: Asking,
) -> None:
    """From hour 80 of a day that begins at 72."""
    (row,) = asking({Flat.FROM: 80})("contraindicated-on-day", DAY)
    assert (row["certain"], row["possible"]) == ("none", "relative")


def test_windows_that_open_are_told(asking: Asking) -> None:
    """Within the hours asked about, for the case, and not outside it."""
    ask = asking({Flat.FROM: 80, Flat.GRADE: 2})
    (row,) = ask("changes-between", SPAN)
    assert (row["hour"], row["change"], row["rule"]) == ("80", "opens", "MadeUp")
    assert not ask("changes-between", [*CASE, ("fromHours", "80"), ("untilHours", "96")])
    other = [("injury", "hamstring-strain"), ("grade", "1"), *SPAN[2:]]
    assert not ask("changes-between", other)


@pytest.mark.parametrize(
    "region",
    [
        {Flat.NOT_INJURY: "MuscleStrain"},
        {Flat.NOT_FACTOR: "Fever"},
        {Flat.TREATMENT: "DeviceTherapy", Flat.NOT_TREATMENT: TREATMENT},
    ],
)
def test_windows_of_rules_that_make_an_exception_are_left_out(
    asking: Asking, region: Region
) -> None:
    """Where the case is the exception."""
    given = [*SPAN, ("factor", "fever")]
    assert not asking({Flat.UNTIL: 80, **region})("changes-between", given)
    assert asking({Flat.UNTIL: 80})("changes-between", given)


@pytest.mark.parametrize(
    ("region", "alone"),
    [
        ({}, True),
        ({Flat.INJURY: "MuscleStrain"}, False),
        ({Flat.GRADE: 2}, False),
        ({Flat.FROM: 24}, False),
        ({Flat.UNTIL: 24}, False),
        ({Flat.NOT_FACTOR: "PregnancyThirdTrimester"}, False),
        ({Flat.NOT_FACTOR: "Burn"}, True),
    ],
)
def test_a_factor_bars_alone_or_not(asking: Asking, region: Region, *, alone: bool) -> None:
    """Only a rule that asks for nothing else makes the answer true."""
    pairs = [("treatment", TREATMENT), ("factor", "pregnancy-third-trimester")]
    ask = asking({Flat.FACTOR: "Pregnancy", **region})
    assert bool(truth(ask, pairs)) is alone
    excepted = Flat.NOT_FACTOR in region and not alone
    rows = ask("barred-by-factor", pairs[1:])
    assert bool(rows) is not excepted


def truth(ask: Ask, pairs: list[tuple[str, str]]) -> bool:
    """Whether the factor bars the treatment."""
    return ask("bars", pairs)[0]["answer"] == "true"


def test_a_rule_that_needs_a_second_factor_is_not_told_of_one(
    questions: Questions, store: ox.Store, copy: ox.Store
) -> None:
    """Two required factors: neither bars alone, both together do."""
    node = ox.NamedNode(BASE + "region/MassageFever-1")
    second = ox.Quad(node, ox.NamedNode(Flat.FACTOR), ox.NamedNode(BASE + "Burn"))
    copy.add(second)
    alone = [("factor", "fever")]
    pairs = [("treatment", "massage"), *alone]
    assert records(questions, store, "bars", pairs) == [{"answer": "true"}]
    assert records(questions, copy, "bars", pairs) == [{"answer": "false"}]
    rules = picked(records(questions, store, "barred-by-factor", alone), "rule")
    fewer = picked(records(questions, copy, "barred-by-factor", alone), "rule")
    assert rules - fewer == {("MassageFever",)}
    day = [*DAY, *alone]
    reasons = picked(records(questions, copy, "reasons", [*SPAN, *alone]), "rule")
    both = picked(records(questions, copy, "reasons", [*SPAN, *alone, ("factor", "burn")]), "rule")
    assert ("MassageFever",) in both - reasons
    (massage,) = [
        row["certain"]
        for row in records(questions, copy, "contraindicated-on-day", day)
        if row["treatment"] == "Massage"
    ]
    assert massage == "relative"
    copy.remove(second)


def test_a_rule_on_a_factor_that_a_kind_of_injury_brings_is_possible(
    questions: Questions, store: ox.Store
) -> None:
    """Not where factors that are not listed count as absent: then the injury is no such kind."""
    pairs = [("injury", "soft-tissue-injury"), ("day", "60")]
    found = records(questions, store, "contraindicated-on-day", pairs)
    assert "OralNsaid" not in {row["treatment"] for row in found}
    own = [("injury", "acute-compartment-syndrome"), ("day", "60")]
    found = records(questions, store, "contraindicated-on-day", own)
    assert ("Massage", "absolute") in {(row["treatment"], row["certain"]) for row in found}
