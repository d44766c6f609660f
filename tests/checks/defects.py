"""One defect for each code of the check of the whole rule base, to plant in the small place.

The small place has one rule: rubbing a sprain is absolutely contraindicated from 0 h to 48 h.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from primum.knowledge.locate import Place
from primum.model.remarks import Severity

RULES, TERMS = "rules/contraindications/rules.ttl", "ontology/terms.ttl"
WOUND = (
    'primum:Wound rdf:type owl:Class ; rdfs:subClassOf primum:PatientFactor ; rdfs:label "Wound" .'
)
BURN = 'primum:Burn rdf:type owl:Class ; rdfs:subClassOf primum:Wound ; rdfs:label "Burn" .'
COOLING = (
    "primum:Cooling rdf:type owl:Class ; rdfs:subClassOf primum:Intervention ; "
    'rdfs:label "Cooling"@en .'
)


def some(prop: str, filler: str) -> str:
    """A restriction in Turtle."""
    return (
        f"[ rdf:type owl:Restriction ; owl:onProperty primum:{prop} ; owl:someValuesFrom {filler} ]"
    )


def hours(start: float, until: float) -> str:
    """`[start, until)` hours since onset, in Turtle."""
    facets = f"[ xsd:minInclusive {start} ] [ xsd:maxExclusive {until} ]"
    return some(
        "hoursSinceOnset",
        "[ rdf:type rdfs:Datatype ; owl:onDatatype xsd:decimal ; "
        f"owl:withRestrictions ( {facets} ) ]",
    )


def condition(*parts: str) -> str:
    """A condition on situations that asks for all parts."""
    whole = " ".join(["primum:TreatmentSituation", *parts])
    return f"[ rdf:type owl:Class ; owl:intersectionOf ( {whole} ) ]"


def rubbing(injury: str, *parts: str, treatment: str = "Rubbing") -> str:
    """The condition that an injury is to be rubbed, or treated otherwise."""
    return condition(
        some("forInjury", f"primum:{injury}"), some("proposes", f"primum:{treatment}"), *parts
    )


def rule(condition: str, effect: str, *, source: str = "SEED-ITBS", name: str = "Planted") -> str:
    """A rule in Turtle."""
    return f"""
primum:{name} rdf:type owl:Class ; owl:equivalentClass {condition} ;
    rdfs:subClassOf primum:{effect} ; dcterms:source source:{source} ; rdfs:label "{name} rule"@en ;
    dcterms:identifier "{name.lower()}" ; primum:rationale "Planted."@en ; primum:confidence "low" ;
    primum:scope "general" ; primum:windowBound "stated" ; primum:reviewedOn "2026-11-22" .
"""


@dataclass(frozen=True)
class Defect:
    """What is planted in the rules and the terms, and the remark that must tell it."""

    code: str
    severity: Severity
    told: str
    rules: Sequence[str]
    terms: str = ""
    witness: str = ""
    span: str = ""

    def plant(self, place: Place) -> None:
        """Add the rules and terms."""
        for file, added in ((RULES, "\n".join(self.rules)), (TERMS, self.terms)):
            path = place.root / file
            path.write_text(f"{path.read_text()}\n{added}\n")


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
IMPOSSIBLE = condition(
    some("forInjury", "primum:Sprain"),
    some("forInjury", "primum:Bruise"),
    some("proposes", "primum:Rubbing"),
)
TWO_TREATMENTS = condition(
    some("proposes", "primum:Rubbing"),
    some("proposes", "primum:Cooling"),
    some("forInjury", "primum:Bruise"),
)
EITHER = (
    f"[ rdf:type owl:Class ; owl:unionOf ( {IMPOSSIBLE} {rubbing('Bruise', hours(0.0, 24.0))} ) ]"
)
SAME = rubbing("Sprain", hours(0.0, 48.0))
NARROWER = rubbing("KneeSprain", hours(0.0, 24.0), treatment="DeepRubbing")
WOUNDED = condition(some("hasFactor", "primum:Wound"), some("proposes", "primum:Rubbing"))
BURNED = rubbing("Bruise", some("hasFactor", "primum:Burn"))
DEFECTS = [
    Defect(
        "rule-dead",
        ERROR,
        "no situation in which all it asks for is so",
        [rule(IMPOSSIBLE, "PrecautionAdvised")],
    ),
    Defect(
        "rule-dead",
        ERROR,
        "it covers no treatment of the ontology",
        [rule(TWO_TREATMENTS, "PrecautionAdvised")],
        COOLING,
    ),
    Defect("rule-part-dead", WARNING, "A part of the rule", [rule(EITHER, "PrecautionAdvised")]),
    Defect(
        "rule-duplicate",
        ERROR,
        "by the same source (SEED-ITBS)",
        [rule(SAME, "AbsolutelyContraindicated")],
        witness="injury=Sprain&hours=0&treatment=",
        span="[0, 48)",
    ),
    Defect(
        "rule-corroborated",
        INFO,
        "each by sources of its own",
        [rule(SAME, "AbsolutelyContraindicated", source="CIOSORTHO-ANKLE")],
        witness="injury=Sprain&hours=0&treatment=",
        span="[0, 48)",
    ),
    Defect(
        "rule-shadowed",
        WARNING,
        "one of a stricter level holds too on the same source (SEED-ITBS)",
        [rule(NARROWER, "RelativelyContraindicated")],
        witness="injury=KneeSprain&hours=0&treatment=DeepRubbing",
        span="[0, 24)",
    ),
    Defect(
        "rule-shadowed",
        INFO,
        "one that says as much or more holds too: 'Rubbing of a fresh sprain' (absolute)",
        [rule(NARROWER, "AbsolutelyContraindicated", source="CIOSORTHO-ANKLE")],
        witness="injury=KneeSprain&hours=0&treatment=DeepRubbing",
        span="[0, 24)",
    ),
    Defect(
        "rule-conflict",
        WARNING,
        "recommends it and 'Rubbing of a fresh sprain' speaks against it (absolute)",
        [rule(rubbing("KneeSprain", hours(24.0, 72.0)), "Recommended")],
        witness="injury=KneeSprain&hours=24&treatment=",
        span="[24, 48)",
    ),
    Defect(
        "rule-conflict",
        WARNING,
        "'Other rule' speaks against it (against)",
        [
            rule(rubbing("Bruise", hours(24.0, 72.0)), "Recommended"),
            rule(rubbing("Bruise", hours(0.0, 36.0)), "NotRecommended", name="Other"),
        ],
        witness="injury=Bruise&hours=24&treatment=",
        span="[24, 36)",
    ),
    Defect(
        "rule-conflict-by-factor",
        INFO,
        "(rules: 1, recommendations: 1, pairs: 1)",
        [
            rule(rubbing("Bruise"), "Recommended"),
            rule(WOUNDED, "PrecautionAdvised", name="Wounded"),
        ],
        WOUND,
        witness="injury=Bruise&hours=0&factor=Wound&treatment=",
        span="[0, ∞)",
    ),
    Defect(
        "window-near-miss",
        WARNING,
        "ends 0.5 h before that of 'Planted rule' begins, at 48.5 h",
        [rule(rubbing("Sprain", hours(48.5, 72.0)), "RelativelyContraindicated")],
        witness="injury=Sprain&hours=48&treatment=",
        span="[48, 48.5)",
    ),
    Defect(
        "factor-unused",
        WARNING,
        "No rule asks for the factor 'Wound'",
        [],
        WOUND,
        witness="factor=Wound",
        span="[0, ∞)",
    ),
    Defect(
        "factor-used-by-kind",
        INFO,
        "only for kinds of it: Burn",
        [rule(BURNED, "PrecautionAdvised")],
        f"{WOUND}\n{BURN}",
        witness="factor=Wound",
    ),
]
