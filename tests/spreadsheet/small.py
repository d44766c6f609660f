"""A small made-up knowledge to edit by sheet: one rule of each form, a few terms, two sources."""

from pathlib import Path
from shutil import copytree
from typing import Final

from tests.graphs import PREFIXES

from primum.foundation.names import BASE, SOURCE_BASE
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place

_HEADER: Final = f"{PREFIXES}@prefix source: <{SOURCE_BASE}> .\n"
_FILES: Final = {
    "ontology/primum.ttl": """
<https://w3id.org/primum/ontology> owl:versionInfo "0.0.1" .
""",
    "ontology/core.ttl": """
:TreatmentSituation a owl:Class . :Condition a owl:Class . :Source a owl:Class .
:Intervention a owl:Class ; rdfs:label "Anything done"@en .
:PatientFactor a owl:Class ; rdfs:label "Any factor"@en .
:rationale a owl:AnnotationProperty . :confidence a owl:AnnotationProperty .
:scope a owl:AnnotationProperty . :windowBound a owl:AnnotationProperty .
:reviewedOn a owl:AnnotationProperty . :locator a owl:AnnotationProperty .
:clinicalStage a owl:AnnotationProperty . :evidenceLevel a owl:AnnotationProperty .
:retiredBecause a owl:AnnotationProperty .
:AbsolutelyContraindicated a owl:Class . :RelativelyContraindicated a owl:Class .
:PrecautionAdvised a owl:Class . :Recommended a owl:Class . :NotRecommended a owl:Class .
:UncertainBenefit a owl:Class .
""",
    "ontology/sources.ttl": """
source:ATLAS a owl:NamedIndividual , :Source ; rdfs:label "An atlas"@en .
source:BOOK-2 a owl:NamedIndividual , :Source ; rdfs:label "A book"@en .
source:CHART a owl:NamedIndividual , :Source ; rdfs:label "A chart"@en .
""",
    "ontology/injuries.ttl": """
:Wrench a owl:Class ; rdfs:subClassOf :Condition ; dcterms:identifier "wrench" ;
  rdfs:label "Wrench"@en .
:Pull a owl:Class ; rdfs:subClassOf :Condition ; dcterms:identifier "pull" ;
  rdfs:label "Pull or tug"@en ; skos:altLabel "tear"@en .
""",
    "ontology/stages.ttl": """
:EarlySituation a owl:Class ; dcterms:identifier "early-situation" ; rdfs:label "Early"@en ;
  :windowBound "stated" ;
  owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :TreatmentSituation [
    a owl:Restriction ; owl:onProperty :hoursSinceOnset ; owl:someValuesFrom [
      a rdfs:Datatype ; owl:onDatatype xsd:decimal ; owl:withRestrictions (
        [ xsd:minInclusive 0.0 ] [ xsd:maxExclusive 48.0 ] ) ] ] ) ] .
""",
    "ontology/treatments.ttl": """
:Rubbing a owl:Class ; rdfs:subClassOf :Intervention ; dcterms:identifier "rubbing" ;
  rdfs:label "Rubbing"@en ; skos:definition "Rubbing of the skin by hand."@en ;
  skos:altLabel "friction"@en , "stroking | kneading"@en , "Reibung"@de ;
  dcterms:source source:ATLAS ; owl:disjointWith :Warmth .
:HardRubbing a owl:Class ; rdfs:subClassOf :Rubbing , [ a owl:Restriction ;
    owl:onProperty :hasActiveSubstance ; owl:someValuesFrom :Oil ] ;
  dcterms:identifier "hard-rubbing" ; rdfs:label "Hard rubbing"@en ;
  skos:definition "Rubbing that hurts a little."@en ; dcterms:source source:ATLAS , source:BOOK-2 .
:Warmth a owl:Class ; rdfs:subClassOf :Intervention ; dcterms:identifier "warmth" ;
  rdfs:label "Warmth"@en ; skos:definition "Anything warm that is put on."@en ;
  dcterms:source source:CHART ; skos:note "=not a formula"@en .
:Oil a owl:Class ; rdfs:label "Oil"@en .
:hasActiveSubstance a owl:ObjectProperty .
""",
    "ontology/factors.ttl": """
:Bleeding a owl:Class ; rdfs:subClassOf :PatientFactor ; dcterms:identifier "bleeding" ;
  dcterms:subject "finding" ; rdfs:label "Bleeding"@en ; skos:altLabel "blood loss"@en ;
  skos:definition "Blood is being lost."@en ; dcterms:source source:ATLAS ; :scope "local" .
:BadBleeding a owl:Class ; rdfs:subClassOf :Bleeding ; dcterms:identifier "bad-bleeding" ;
  dcterms:subject "finding" ; rdfs:label "Bad bleeding"@en ;
  skos:definition "Much blood is being lost."@en ; dcterms:source source:ATLAS ; :scope "local" .
:Fever a owl:Class ; rdfs:subClassOf :PatientFactor ; dcterms:identifier "fever" ;
  dcterms:subject "disease" ; rdfs:label "Fever"@en ;
  skos:definition "The body is too warm."@en ; dcterms:source source:CHART ; :scope "general" .
""",
    "rules/contraindications/rubbing.ttl": """
:RubbingEarly a owl:Class ; rdfs:subClassOf :RelativelyContraindicated ;
  dcterms:identifier "rubbing-early" ; rdfs:label "Rubbing: early"@en ; :confidence "high" ;
  :rationale "It bleeds more."@en ; :scope "local" ; :reviewedOn "2026-11-22" ;
  :windowBound "minimum" ; dcterms:source source:ATLAS , source:BOOK-2 ;
  owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :TreatmentSituation
    [ a owl:Restriction ; owl:onProperty :forInjury ; owl:someValuesFrom [ a owl:Class ;
      owl:intersectionOf ( :Pull [ a owl:Restriction ; owl:onProperty :hasGrade ;
        owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;
          owl:withRestrictions ( [ xsd:minInclusive 2 ] ) ] ] ) ] ]
    [ a owl:Restriction ; owl:onProperty :proposes ; owl:someValuesFrom :Rubbing ]
    [ a owl:Restriction ; owl:onProperty :hoursSinceOnset ; owl:someValuesFrom [
      a rdfs:Datatype ; owl:onDatatype xsd:decimal ; owl:withRestrictions (
        [ xsd:minInclusive 0.0 ] [ xsd:maxExclusive 168.0 ] ) ] ] ) ] .
[ a owl:Axiom ; owl:annotatedSource :RubbingEarly ; owl:annotatedProperty dcterms:source ;
  owl:annotatedTarget source:ATLAS ; :locator "plate 7" ] .
[ a owl:Axiom ; owl:annotatedSource :RubbingEarly ; owl:annotatedProperty dcterms:source ;
  owl:annotatedTarget source:BOOK-2 ; :locator "page 3: top" ] .
:RubbingBleeding a owl:Class ; rdfs:subClassOf :AbsolutelyContraindicated ;
  dcterms:identifier "rubbing-bleeding" ; rdfs:label "Rubbing: bleeding"@en ;
  :confidence "medium" ; :rationale "It bleeds on."@en ; :scope "local" ;
  :reviewedOn "2026-11-22" ; dcterms:source source:CHART ;
  owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :TreatmentSituation
    [ a owl:Restriction ; owl:onProperty :hasFactor ; owl:someValuesFrom :Bleeding ]
    [ a owl:Restriction ; owl:onProperty :proposes ; owl:someValuesFrom :Rubbing ] ) ] .
[ a owl:Axiom ; owl:annotatedSource :RubbingBleeding ; owl:annotatedProperty dcterms:source ;
  owl:annotatedTarget source:CHART ; :locator "row 1" ] .
""",
    "rules/recommendations/pulls.ttl": """
:WarmthInPull a owl:Class ; rdfs:subClassOf :Recommended ;
  dcterms:identifier "warmth-in-pull" ; rdfs:label "Warmth for a pull"@en ; :confidence "low" ;
  :rationale "It soothes."@en ; :reviewedOn "2026-11-22" ; :clinicalStage "late"@en ;
  :evidenceLevel "one small trial"@en ; dcterms:source source:BOOK-2 ;
  owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :TreatmentSituation
    [ a owl:Class ; owl:unionOf ( [ a owl:Class ; owl:complementOf :EarlySituation ]
      [ a owl:Restriction ; owl:onProperty :forInjury ; owl:someValuesFrom :Wrench ] ) ]
    [ a owl:Restriction ; owl:onProperty :proposes ; owl:someValuesFrom :Warmth ] ) ] .
[ a owl:Axiom ; owl:annotatedSource :WarmthInPull ; owl:annotatedProperty dcterms:source ;
  owl:annotatedTarget source:BOOK-2 ; :locator "page 9" ] .
""",
}


def make_small(root: Path, shipped: Place) -> Place:
    """The small knowledge in a folder, with the shapes that are shipped."""
    for name, turtle in _FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        iri = "ontology" if name == "ontology/primum.ttl" else name.removesuffix(".ttl")
        head = f"{_HEADER}<{BASE}{iri}> a owl:Ontology .\n"
        path.write_text(normalised(head + turtle, name=name), encoding="utf-8")
    copytree(shipped.rules / "shapes", root / "rules" / "shapes")
    return Place(root)


def texts_of(place: Place) -> dict[str, str]:
    """The text of each Turtle file of a place, by its path there."""
    return {
        path.relative_to(place.root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(place.root.rglob("*.ttl"))
    }
