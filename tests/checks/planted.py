"""One fault for each code that a check may give, to plant in the small place of `conftest.py`."""

from dataclasses import dataclass

from primum.knowledge.locate import Place

ROOT, CATALOG = "ontology/primum.ttl", "ontology/catalog-v001.xml"
TERMS, SOURCES = "ontology/terms.ttl", "ontology/sources.ttl"
RULES, TABLE = "rules/contraindications/rules.ttl", "ontology/mappings.sssom.tsv"
QUERY, WEIGHTS = "queries/qc/note_in_capitals.rq", "queries/qc/profile.tsv"
SEED = "queries/seed/statements.toml"
CLASS = "rdfs:subClassOf primum:Condition ;\n        dcterms:source source:SEED-ITBS ;\n"
MAPPED = "primum:Bruise\tBruise\tskos:closeMatch\tDOID:2\tsemapv:ManualMappingCuration\t1\n"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: the code that tells it, the check that does, the file, and what changes in it.

    `new` takes the place of `old`; without `old` it is added at the end, and without either the
    file is removed. `told` is a part of the sentence, `at` the file that the remark names where it
    is another one.
    """

    code: str
    check: str
    file: str
    old: str = ""
    new: str = ""
    told: str = ""
    at: str | None = None

    def __str__(self) -> str:
        """The fault in the reports of tests."""
        return f"{self.code}-{self.told.replace(' ', '-')[:30]}" if self.told else self.code

    def plant(self, place: Place) -> None:
        """Make the change."""
        path = place.root / self.file
        if not (self.old or self.new):
            path.unlink()
            return
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert self.old in text, self.old
        changed = text.replace(self.old, self.new, 1) if self.old else text + self.new
        path.write_text(changed, encoding="utf-8")


def axiom(code: str, check: str, turtle: str, told: str = "", *, at: str = TERMS) -> Planted:
    """A fault in what Turtle at the end of the terms says."""
    return Planted(code, check, TERMS, new=turtle, told=told, at=at)


def some(prop: str, filler: str, subject: str = "primum:Bruise") -> str:
    """`subject SubClassOf prop some filler` in Turtle."""
    return (
        f"{subject} rdfs:subClassOf [ rdf:type owl:Restriction ; owl:onProperty {prop} ; "
        f"owl:someValuesFrom {filler} ] .\n"
    )


OF_FILES = [
    Planted("file-unreadable", "syntax", TERMS, new="primum:Sprain rdf:type .\n", told="not parse"),
    axiom(
        "annotation-runs-code",
        "syntax",
        "primum:Sprain <http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#"
        'python_module> "os" .\n',
        at="",
    ),
    Planted("version-missing", "syntax", ROOT, 'owl:versionInfo "0.0.1"', 'owl:deprecated "false"'),
    Planted("catalog-unreadable", "imports", CATALOG, "</catalog>", told="no element found"),
    Planted("catalog-unreadable", "imports", CATALOG, told="missing"),
    Planted("catalog-unreadable", "imports", CATALOG, 'uri="terms.ttl"', told="lacks its name"),
    Planted(
        "file-without-ontology",
        "imports",
        TERMS,
        "<https://w3id.org/primum/ontology/terms> rdf:type owl:Ontology .",
    ),
    Planted(
        "file-not-in-catalog",
        "imports",
        CATALOG,
        '<uri id="terms" name="https://w3id.org/primum/ontology/terms" uri="terms.ttl"/>',
        at=TERMS,
    ),
    Planted(
        "catalog-file-missing",
        "imports",
        CATALOG,
        "</catalog>",
        '<uri id="more" name="https://w3id.org/primum/ontology/more" uri="more.ttl"/></catalog>',
        told="more.ttl",
    ),
    Planted("catalog-iri-differs", "imports", CATALOG, "ontology/terms", "ontology/words"),
    Planted(
        "catalog-entry-twice",
        "imports",
        CATALOG,
        "</catalog>",
        '<uri id="core" name="https://w3id.org/primum/ontology/core" uri="core.ttl"/></catalog>',
    ),
    Planted(
        "file-not-imported",
        "imports",
        ROOT,
        "<https://w3id.org/primum/ontology/terms> ,",
        told="ontology/terms",
        at=TERMS,
    ),
    Planted(
        "import-not-in-catalog",
        "imports",
        ROOT,
        "owl:imports ",
        "owl:imports <https://w3id.org/primum/ontology/nowhere> , ",
        told="ontology/nowhere",
    ),
    Planted("shapes-unreadable", "rule-shapes", "rules/shapes/rule.ttl", new="["),
    Planted("shapes-unreadable", "term-shapes", "rules/shapes/term.ttl"),
    Planted("record-shapes-unreadable", "record-shapes", "rules/shapes/record.ttl", new="["),
]

OF_AXIOMS = [
    axiom("datatype-forbidden", "datatypes", some("primum:ageInYears", "xsd:date"), "xsd:date"),
    axiom(
        "datatype-forbidden",
        "datatypes",
        some(
            "primum:ageInYears",
            "[ rdf:type rdfs:Datatype ; owl:onDatatype xsd:duration ; owl:withRestrictions "
            '( [ xsd:minInclusive "P1D"^^xsd:duration ] ) ]',
        ),
        "Bruise uses xsd:duration",
    ),
    axiom(
        "datatype-forbidden",
        "datatypes",
        "primum:born rdf:type owl:DatatypeProperty ; rdfs:range xsd:gYear .\n",
        "xsd:gYear",
    ),
    axiom(
        "datatype-forbidden",
        "datatypes",
        'primum:tom primum:ageInYears "2026-11-22"^^xsd:date .\n',
        "xsd:date, which",
    ),
    axiom("undeclared-entity", "profile", "primum:Bruise rdfs:subClassOf primum:Lost .\n", "class"),
    axiom("undeclared-entity", "profile", some("primum:near", "primum:Sprain"), "near"),
    axiom("undeclared-entity", "profile", 'primum:Bruise primum:lost "x" .\n', "annotation"),
    axiom(
        "punning-forbidden",
        "profile",
        "primum:hasSite rdf:type owl:DatatypeProperty .\n",
        "hasSite",
        at="ontology/core.ttl",
    ),
    axiom(
        "punning-forbidden", "profile", "primum:DeepRubbing rdf:type rdfs:Datatype .\n", "also used"
    ),
    axiom(
        "property-not-simple",
        "profile",
        "primum:near rdf:type owl:ObjectProperty , owl:TransitiveProperty , "
        "owl:FunctionalProperty .\n",
    ),
    axiom("vocabulary-reserved", "profile", "owl:Word rdf:type owl:Class .\n"),
    axiom(
        "literal-ill-typed",
        "profile",
        "primum:Bruise rdfs:subClassOf [ rdf:type owl:Restriction ; owl:onProperty "
        'primum:hasGrade ; owl:hasValue "two"^^xsd:integer ] .\n',
    ),
    axiom(
        "axiom-unreadable",
        "profile",
        "primum:Bruise rdfs:subClassOf [ rdf:type owl:Restriction ; owl:someValuesFrom "
        "primum:Sprain ] .\n",
        "an axiom on Bruise",
    ),
    axiom(
        "outside-owl-2-dl",
        "profile",
        "primum:p rdf:type owl:ObjectProperty ; owl:propertyChainAxiom "
        "( primum:q primum:p primum:q primum:p ) . primum:q rdf:type owl:ObjectProperty .\n",
        "cycle",
    ),
    axiom(
        "class-unsatisfiable",
        "consistency",
        "primum:KneeSprain rdfs:subClassOf primum:Bruise .\n",
        "'Knee sprain' can have no member, because 3 axioms",
    ),
    axiom(
        "inconsistent",
        "consistency",
        "primum:mine rdf:type owl:NamedIndividual , primum:Sprain , primum:Bruise .\n",
        "contradict each other, because 3 axioms",
    ),
    axiom(
        "axiom-not-compiled",
        "fragment",
        some("primum:hasFactor", "primum:OldAge", "primum:TreatmentSituation"),
        "cannot be compiled",
        at="ontology/core.ttl",
    ),
    Planted(
        "rule-not-compiled",
        "fragment",
        RULES,
        "owl:someValuesFrom primum:Rubbing",
        "owl:someValuesFrom primum:Bruise",
    ),
]

OF_TERMS = [
    axiom(
        "label-shared",
        "labels",
        'primum:Strain rdf:type owl:Class ; rdfs:label "SPRAIN"@en .\n',
        "Strain has the label of Sprain",
    ),
    Planted(
        "source-without-locator",
        "sources",
        RULES,
        'primum:locator "third paragraph"',
        told="SEED-ITBS",
    ),
    Planted(
        "source-without-locator", "sources", TERMS, 'primum:locator "second paragraph"', told="Knee"
    ),
    Planted(
        "locator-not-recorded",
        "sources",
        RULES,
        "third paragraph",
        "locator not recorded",
        told="1 fact does not say",
    ),
    axiom(
        "deprecated-term-used",
        "deprecated",
        "primum:Sprain owl:deprecated true ; dcterms:isReplacedBy primum:Bruise .\n"
        "primum:KneeSprain rdfs:subClassOf primum:Condition .\n",
    ),
    axiom(
        "deprecated-without-replacement",
        "deprecated",
        "primum:DeepRubbing owl:deprecated true .\n",
        "'Deep rubbing' is deprecated",
    ),
]

OF_TABLES = [
    Planted("mappings-unreadable", "mappings", TABLE, told="missing"),
    Planted("mappings-unreadable", "mappings", TABLE, "#curie_map:", "#other:", "no curie_map"),
    Planted("mapping-invalid", "mappings", TABLE, "DOID:2", "LOST:2", "LOST"),
    Planted("mapping-invalid", "mappings", TABLE, "skos:closeMatch", "owl:sameAs", "owl:sameAs"),
    Planted("mapping-of-unknown-term", "mappings", TABLE, "primum:Bruise", "primum:Lost", "Lost"),
    Planted(
        "mapping-of-deprecated-term",
        "mappings",
        TERMS,
        new="primum:Bruise owl:deprecated true .\n",
        at=TABLE,
    ),
    Planted("mapping-twice", "mappings", TABLE, new=MAPPED),
    Planted(
        "mapping-contradicted", "mappings", TABLE, new=MAPPED.replace("close", "exact"), told="and"
    ),
    Planted("mapping-label-differs", "mappings", TABLE, "\tBruise", "\tContusion", "'Contusion'"),
    Planted(
        "mapping-justification-unknown", "mappings", TABLE, "semapv:Manual", "by hand", "by hand"
    ),
    Planted("mapping-confidence-outside", "mappings", TABLE, "0.9", "1.9", "1.9"),
    Planted("query-without-severity", "queries", WEIGHTS, told="note_in_capitals has no", at=QUERY),
    Planted(
        "severity-without-query", "queries", WEIGHTS, new="INFO\tlost\n", told="queries/qc/lost.rq"
    ),
    Planted("query-invalid", "queries", QUERY, "SELECT", "SLECT", "no SPARQL"),
    Planted("query-invalid", "queries", QUERY, "SELECT ?entity", "SELECT ?other", "no ?entity"),
    Planted(
        "qc-note-in-capitals",
        "queries",
        TERMS,
        'rdfs:label "Bruise"@en ;',
        'rdfs:label "Bruise"@en ; skos:note "LOUD" ;',
        told="Bruise: The note is in capitals (skos:note 'LOUD').",
    ),
    Planted(
        "seed-statement-lost",
        "seed",
        TERMS,
        "owl:someValuesFrom primum:OldAge",
        "owl:someValuesFrom primum:RiskFactor",
        told="Statement S1 of the seed is not found: Old age is a risk",
    ),
    Planted("seed-statements-unreadable", "seed", SEED),
    Planted("seed-statements-unreadable", "seed", SEED, "ASK", "SELECT *", "is no ASK"),
    Planted("seed-statements-unreadable", "seed", SEED, "ASK {", "ASK (", "is no query"),
]

PLANTED = [*OF_FILES, *OF_AXIOMS, *OF_TERMS, *OF_TABLES]
