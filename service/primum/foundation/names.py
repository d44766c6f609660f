"""Every IRI the code refers to, and how a name is spelled as CamelCase, kebab-case or IRI.

The only module with IRIs in it. Clinical terms have none here: they live in the ontology.
"""

import re
from functools import lru_cache
from typing import Final

BASE: Final = "https://w3id.org/primum/"
SOURCE_BASE: Final = BASE + "source/"
REGION_BASE: Final = BASE + "region/"
SITUATION_BASE: Final = BASE + "situation/"
PHRASE_BASE: Final = BASE + "phrase/"
PROOF_BASE: Final = BASE + "proof/"
INFERENCE_BASE: Final = BASE + "inference/"
COHORT_BASE: Final = BASE + "cohort/"
SHAPE_BASE: Final = BASE + "shapes/"
DOCUMENT: Final = BASE + "case/document#"
MISPLACED: Final = BASE + "case/misplaced#"
CONTEXT: Final = BASE + "case.jsonld"
ONTOLOGY: Final = BASE + "ontology"
CONVENTIONS: Final = BASE + "docs/"
GRAPH_BASE: Final = BASE + "graph/"
FOLDERS: Final = ("source", "region", "phrase", "shapes", "graph", "ontology", "rules")
"""First words of the paths, under the base, of terms that have more than a name."""

OWL: Final = "http://www.w3.org/2002/07/owl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
XML: Final = "http://www.w3.org/XML/1998/namespace"
XMLNS: Final = "http://www.w3.org/2000/xmlns/"
ITS: Final = "http://www.w3.org/2005/11/its"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
SH: Final = "http://www.w3.org/ns/shacl#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
RESULTS: Final = "http://www.w3.org/2005/sparql-results#"
VOID: Final = "http://rdfs.org/ns/void#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
SCHEMA: Final = "https://schema.org/"
LICENSE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
VANN: Final = "http://purl.org/vocab/vann/"
OBO: Final = "http://purl.obolibrary.org/obo/"
OBO_DEFINITION: Final = OBO + "IAO_0000115"
OWLREADY: Final = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#"

PREFIXES: Final[dict[str, str]] = {
    "primum": BASE,
    "source": SOURCE_BASE,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
}


class Graph:
    """The named graphs of a release (design, section 2: compiled knowledge)."""

    ASSERTED: Final = BASE + "graph/asserted"
    INFERRED: Final = BASE + "graph/inferred"
    RULES: Final = BASE + "graph/rules"
    MAPPINGS: Final = BASE + "graph/mappings"
    SHAPES: Final = BASE + "graph/shapes"


class Stored:
    """The graphs that a SPARQL server holds of a release beside its own; nobody is shown them."""

    UNION: Final = GRAPH_BASE + "union"
    MERGED: Final = GRAPH_BASE + "merged/"
    RELEASE: Final = GRAPH_BASE + "release"
    NOTHING: Final = GRAPH_BASE + "nothing"


class Kind:
    """The classes under which the ontology keeps what people name."""

    INJURY: Final = BASE + "Condition"
    TREATMENT: Final = BASE + "Intervention"
    FACTOR: Final = BASE + "PatientFactor"
    SITUATION: Final = BASE + "TreatmentSituation"
    FINDING: Final = BASE + "ClinicalFeature"
    SITE: Final = BASE + "AnatomicalStructure"
    SOURCE: Final = BASE + "Source"
    PHRASE: Final = BASE + "Phrase"


class Link:
    """The properties a rule's condition may speak of, and the annotations a rule carries."""

    FOR_INJURY: Final = BASE + "forInjury"
    PROPOSES: Final = BASE + "proposes"
    HAS_FACTOR: Final = BASE + "hasFactor"
    HAS_GRADE: Final = BASE + "hasGrade"
    HOURS: Final = BASE + "hoursSinceOnset"
    AGE: Final = BASE + "ageInYears"
    RATIONALE: Final = BASE + "rationale"
    CONFIDENCE: Final = BASE + "confidence"
    LOCATOR: Final = BASE + "locator"
    WINDOW_BOUND: Final = BASE + "windowBound"
    SCOPE: Final = BASE + "scope"
    STAGE: Final = BASE + "clinicalStage"
    EVIDENCE: Final = BASE + "evidenceLevel"
    REVIEWED: Final = BASE + "reviewedOn"
    RETIRED: Final = BASE + "retiredBecause"
    TRUST: Final = BASE + "trust"
    PATTERN: Final = BASE + "pattern"
    READINESS_QUESTION: Final = BASE + "readinessQuestion"
    READINESS_VERDICT: Final = BASE + "readinessVerdict"
    EXAMPLE_QUESTION: Final = BASE + "exampleQuestion"


class Datatype:
    """The datatypes of values: hours are decimal, grades and ages are whole."""

    DECIMAL: Final = XSD + "decimal"
    INTEGER: Final = XSD + "integer"
    DATE_TIME: Final = XSD + "dateTime"
    STRING: Final = XSD + "string"
    BOOLEAN: Final = XSD + "boolean"
    DOUBLE: Final = XSD + "double"


class Record:
    """The words of case records (ontology/records.ttl)."""

    CASE: Final = BASE + "CaseRecord"
    TYPE: Final = RDF + "type"
    ID: Final = DCTERMS + "identifier"
    INJURY: Final = BASE + "injury"
    GRADE: Final = BASE + "hasGrade"
    ONSET: Final = BASE + "onset"
    NOT_BEFORE: Final = BASE + "notBefore"
    NOT_AFTER: Final = BASE + "notAfter"
    ASSESSED_AT: Final = BASE + "assessedAt"
    PATIENT: Final = BASE + "patient"
    AGE: Final = BASE + "age"
    FACTORS: Final = BASE + "factors"
    PRESENT: Final = BASE + "present"
    ABSENT: Final = BASE + "absent"
    TREATMENT: Final = BASE + "treatment"
    AT: Final = BASE + "at"


class Shape:
    """What the shapes of case records say beside SHACL, and two results that no shape finds."""

    CODE: Final = SHAPE_BASE + "code"
    ALLOWED: Final = SHAPE_BASE + "allowed"
    ABOUT: Final = SHAPE_BASE + "about"
    RECORD: Final = SHAPE_BASE + "Record"
    CONTRADICTION: Final = SHAPE_BASE + "facts-contradict"
    OUTSIDE: Final = SHAPE_BASE + "statement-outside-record"


class Effect:
    """The classes that a rule is put under, which say what follows when it holds."""

    ABSOLUTE: Final = BASE + "AbsolutelyContraindicated"
    RELATIVE: Final = BASE + "RelativelyContraindicated"
    PRECAUTION: Final = BASE + "PrecautionAdvised"
    FOR: Final = BASE + "Recommended"
    AGAINST: Final = BASE + "NotRecommended"
    UNCERTAIN: Final = BASE + "UncertainBenefit"
    CONTRAINDICATED: Final = BASE + "Contraindicated"
    APPRAISED: Final = BASE + "Appraised"
    ALL: Final = (ABSOLUTE, RELATIVE, PRECAUTION, FOR, AGAINST, UNCERTAIN)


class Flat:
    """Predicates of the generated graphs: regions in `rules`, axioms in `inferred`."""

    REGION: Final = BASE + "Region"
    OF_RULE: Final = BASE + "ofRule"
    EFFECT: Final = BASE + "effect"
    RANK: Final = BASE + "levelRank"
    TREATMENT: Final = BASE + "regionTreatment"
    NOT_TREATMENT: Final = BASE + "regionExceptTreatment"
    INJURY: Final = BASE + "regionInjury"
    NOT_INJURY: Final = BASE + "regionExceptInjury"
    FACTOR: Final = BASE + "regionFactor"
    NOT_FACTOR: Final = BASE + "regionExceptFactor"
    GRADE: Final = BASE + "regionGrade"
    FROM: Final = BASE + "regionFromHours"
    FROM_OPEN: Final = BASE + "regionAfterHours"
    UNTIL: Final = BASE + "regionUntilHours"
    UNTIL_CLOSED: Final = BASE + "regionThroughHours"
    AGE_FROM: Final = BASE + "regionFromAge"
    AGE_UNTIL: Final = BASE + "regionUntilAge"
    BOUND: Final = BASE + "regionBound"
    TOPIC: Final = BASE + "topic"
    ENTAILS: Final = BASE + "entails"
    IMPLIES: Final = BASE + "impliesFactor"
    APART: Final = BASE + "excludesFactor"
    POSSIBLE_GRADE: Final = BASE + "possibleGrade"
    DEFINING_GRADE: Final = BASE + "definingGrade"
    BY_AGE: Final = BASE + "FactorByAge"
    FILE: Final = BASE + "file"
    HOLDS: Final = BASE + "holds"
    ASKS_FOR: Final = BASE + "asksFor"
    ASKED_BY_RULES: Final = BASE + "askedByRules"


class Found:
    """The words in which an answer is a graph (ontology/compiled.ttl)."""

    FINDING: Final = BASE + "finding"
    OF_TREATMENT: Final = BASE + "ofTreatment"
    VERDICT: Final = BASE + "verdict"
    CERTAIN: Final = BASE + "certainLevel"
    POSSIBLE: Final = BASE + "possibleLevel"
    RESTS_ON: Final = BASE + "restsOn"
    CHANGES_AT: Final = BASE + "changesAtHours"
    FROM: Final = BASE + "fromHours"
    UNTIL: Final = BASE + "untilHours"


@lru_cache(maxsize=8192)
def local_name(iri: str) -> str:
    """The part of a Primum IRI after its namespace, or the whole IRI of a foreign term."""
    for base in (SOURCE_BASE, REGION_BASE, BASE):
        if iri.startswith(base):
            return iri.removeprefix(base)
    return iri


def kebab(name: str) -> str:
    """The slug of a CamelCase local name: `HamstringStrain` gives `hamstring-strain`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name)
    return re.sub(r"(?<=[0-9])(?=[A-Z])", "-", parted).lower()


def shorten(iri: str) -> str:
    """An IRI with the longest prefix that fits it, for messages."""
    for prefix, base in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return f"<{iri}>"
