"""Edits of the shipped knowledge, as a curator would make them in its files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from primum.knowledge.locate import Place

Change = Callable[[str], str]
MASSAGE = "rules/contraindications/massage.ttl"
HEAT = "rules/contraindications/heat.ttl"
STAGES = "ontology/stages.ttl"
FACTORS = "ontology/factors.ttl"
INJURIES = "ontology/injuries.ttl"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one file; `path` is relative to the folder of the knowledge."""

    path: str
    change: Change

    def make(self, place: Place) -> Path:
        """Make the edit; the file it was made in."""
        path = place.root / self.path
        before = path.read_text(encoding="utf-8")
        after = self.change(before)
        assert before != after, "the edit found nothing to edit"
        path.write_text(after, encoding="utf-8")
        return path


def block(text: str, name: str) -> tuple[int, int]:
    """Where the description of a term begins and where the next one does."""
    start = text.index(f"\nprimum:{name} rdf:type owl:Class") + 1
    end = text.find("\n###  ", start)
    return start, len(text) if end < 0 else end


def within(name: str, old: str, new: str) -> Change:
    """What turns one text into another wherever it stands in the description of a term."""

    def change(text: str) -> str:
        start, end = block(text, name)
        assert old in text[start:end]
        return text[:start] + text[start:end].replace(old, new) + text[end:]

    return change


def added(text: str) -> Change:
    """What adds a text at the end of a file."""
    return lambda before: f"{before.rstrip()}\n\n{text}"


BOUND = Edit(MASSAGE, within("MassageStrainGrade2To3Week", "168.0", "120.0"))
UNSEEDED_BOUND = Edit(HEAT, lambda text: text.replace("maxExclusive 72.0", "maxExclusive 96.0"))
"""A bound that no statement of the seed document fixes, so that it may be released."""
LEVEL = Edit(
    MASSAGE,
    within(
        "MassageStrainGrade2To3Week",
        "rdfs:subClassOf primum:RelativelyContraindicated",
        "rdfs:subClassOf primum:AbsolutelyContraindicated",
    ),
)
LABEL = Edit(INJURIES, within("HamstringStrain", '"Hamstring strain"@en', '"Torn hamstring"@en'))
STAGE = Edit(STAGES, within("AcuteStageSituation", "SeedAcuteStage", "HarmPeriod"))
FACTOR_AXIOM = Edit(
    FACTORS,
    within(
        "Pregnancy",
        "rdfs:subClassOf primum:PatientFactor",
        "rdfs:subClassOf primum:AnticoagulantTherapy",
    ),
)
NEW_CLASS = Edit(
    FACTORS,
    added(
        """###  https://w3id.org/primum/RecentVaccination
primum:RecentVaccination rdf:type owl:Class ;
                         rdfs:subClassOf primum:PatientFactor ;
                         dcterms:identifier "recent-vaccination" ;
                         dcterms:source source:SEED-ITBS ;
                         dcterms:subject "finding" ;
                         rdfs:label "Recent vaccination"@en ;
                         skos:definition "Vaccinated at the treated site lately."@en ;
                         primum:scope "local" .
"""
    ),
)
