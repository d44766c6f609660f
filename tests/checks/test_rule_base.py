"""The check of the whole rule base: each defect that is planted is found, and nothing else.

The gaps that any rule base has are left aside where they are not what is looked for.
"""

import pytest
from tests.checks.conftest import MakePlace
from tests.checks.defects import COOLING, DEFECTS, ERROR, RULES, TERMS, WARNING, Defect

from primum.foundation.names import BASE
from primum.knowledge.locate import Place
from primum.model.expressions import Named
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks import check
from primum.use_cases.checks.accepted import FILE
from primum.use_cases.checks.confirming import Claim, confirmed
from primum.use_cases.checks.rule_base import CODES, disagreements, unnoticed
from primum.use_cases.checks.rule_wording import Finding
from primum.use_cases.checks.subject import Subject
from primum.use_cases.compiling import compile_read
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

GAPS = {"rule-gap", "rule-gaps"}


def found(place: Place) -> list[Remark]:
    """What the check finds but gaps."""
    return [r for r in check(place, only=["rule-base"]).remarks if r.code not in GAPS]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: f"{each.code}-{each.severity}")
def test_a_planted_defect_is_found_and_nothing_else(defect: Defect, small: MakePlace) -> None:
    """A rule base with one defect has one finding, with its record, its hours and its file."""
    place = small()
    defect.plant(place)
    (remark,) = found(place)
    assert (defect.code, defect.severity) == (remark.code, remark.severity)
    assert defect.told in remark.sentence
    assert defect.witness in remark.witness
    assert defect.span in remark.span
    assert remark.file == (TERMS if remark.code.startswith("factor") else RULES)
    assert remark.line


def test_each_code_is_planted_or_tested_by_itself() -> None:
    """A code that nothing is seen to give is no check."""
    by_itself = GAPS | {"accepted-stale", "accepted-unreadable", "reasoner-disagrees"}
    assert CODES.keys() == {defect.code for defect in DEFECTS} | by_itself


def test_a_treatment_without_rules_is_a_gap(small: MakePlace) -> None:
    """A new treatment of which no rule speaks is told, and the count of silent cells grows."""
    place = small()
    before = check(place, only=["rule-base"]).remarks
    (place.root / TERMS).write_text(f"{(place.root / TERMS).read_text()}\n{COOLING}\n")
    after = check(place, only=["rule-base"]).remarks
    new = {remark for remark in after if remark not in before}
    assert {"rule-gap", "rule-gaps"} == {remark.code for remark in new}
    gap = next(remark for remark in new if remark.code == "rule-gap")
    assert gap.sentence == "No rule speaks of Cooling and Intervention at all."
    assert gap.span == "[0, ∞)"
    counts = {r.code: r.sentence for r in new}
    assert counts["rule-gaps"].startswith("Of 24 cells")


def test_a_shorter_window_is_a_wider_gap(small: MakePlace) -> None:
    """What a window no longer covers is told as silent from its new end on."""
    place = small()
    path = place.root / RULES
    path.write_text(path.read_text().replace("48.0", "24.0"))
    spans = {remark.span for remark in check(place, only=["rule-gap"]).remarks}
    assert spans == {"[0, 24)", "[24, ∞)", "[0, ∞)"}


def accept(place: Place, *entries: str) -> None:
    """Accept findings."""
    (place.root / FILE).write_text("\n".join(f"[[accepted]]\n{entry}\n" for entry in entries))


def test_an_accepted_finding_is_a_note_with_its_reason(small: MakePlace) -> None:
    """What curators let stand is no warning any more; nothing else is accepted with it."""
    place = small()
    next(defect for defect in DEFECTS if defect.code == "rule-conflict").plant(place)
    entry = 'code = "rule-conflict"\nterm = "RubbingSprain"\nothers = ["Planted"]\nreason = "So."'
    accept(place, entry)
    (remark,) = found(place)
    assert (remark.code, remark.severity) == ("rule-conflict", Severity.INFO)
    assert remark.sentence.endswith("Accepted: So.")
    accept(place, entry.replace("rule-conflict", "rule-shadowed"))
    assert {remark.code: remark.severity for remark in found(place)} == {
        "rule-conflict": WARNING,
        "accepted-stale": WARNING,
    }


def test_an_accepted_finding_that_is_gone_is_told(small: MakePlace) -> None:
    """An entry that accepts what does not show is a warning at the table."""
    place = small()
    accept(place, 'code = "rule-dead"\nterm = "RubbingSprain"\nreason = "So."')
    (remark,) = found(place)
    assert (remark.code, remark.severity, remark.file) == ("accepted-stale", WARNING, FILE)


@pytest.mark.parametrize(
    "content", ["[[", "[[accepted]]\ncode = 'x'", "accepted = 1", "\udcff"], ids=range(4)
)
def test_a_broken_table_of_accepted_findings_is_told(content: str, small: MakePlace) -> None:
    """A table that cannot be read, or lacks a reason, accepts nothing and is an error."""
    place = small()
    (place.root / FILE).write_bytes(content.encode("utf-8", "surrogateescape"))
    (remark,) = found(place)
    assert (remark.code, remark.severity, remark.file) == ("accepted-unreadable", ERROR, FILE)


def test_hermit_denies_what_is_not_so(small: MakePlace) -> None:
    """A false claim is not borne out, and a finding that rests on one is an error."""
    subject = Subject(small())
    living = Named(BASE + "RubbingSprain")
    compiled = subject.compiled
    never, ever = Claim(living, exists=False), Claim(living, exists=True)
    assert confirmed(compiled, [never, ever]) == [False, True]
    remark = Remark("rule-dead", Severity.WARNING, "It never holds.", term=living.iri)
    (told,) = disagreements(subject, compiled, [Finding(remark, claims=(never,))])
    assert (told.code, told.severity) == ("reasoner-disagrees", ERROR)
    assert not list(disagreements(subject, compiled, [Finding(remark, claims=(ever,))]))


@pytest.mark.parametrize("code", ["rule-dead", "rule-duplicate", "rule-shadowed"])
def test_what_hermit_derives_and_the_algebra_does_not_tell_is_an_error(
    code: str, small: MakePlace
) -> None:
    """A rule that HermiT finds dead or a kind of another is missed if nothing is told of it."""
    place = small()
    next(defect for defect in DEFECTS if defect.code == code).plant(place)
    subject = Subject(place)
    compiled = compile_read(subject.sources, subject.entailed)
    missed = list(unnoticed(subject, compiled, []))
    assert {remark.code for remark in missed} == {"reasoner-disagrees"}
    assert BASE + "Planted" in {remark.term for remark in missed}


@pytest.mark.slow
def test_the_shipped_rules_have_no_finding_that_is_not_accepted(
    place: Place, primum: Primum
) -> None:
    """On the shipped knowledge nothing is left to do, and every witness can be asked."""
    remarks = check(place, only=["rule-base"]).remarks
    assert not [remark for remark in remarks if remark.severity is not Severity.INFO]
    asked = {remark.witness for remark in remarks if remark.witness}
    assert asked
    for witness in asked:
        given = [part.split("=") for part in witness.split("&")]
        facts = {name: value for name, value in given if name not in ("factor", "treatment")}
        factors = [value for name, value in given if name == "factor"]
        treatment = next((value for name, value in given if name == "treatment"), None)
        assert primum.ask(Asked(**facts, present=factors), treatment=treatment).findings
