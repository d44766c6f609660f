"""A version of the knowledge, wherever it stands: files, a folder, a release, a git revision."""

import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from shutil import copytree, which

import pyoxigraph as ox

from primum.foundation.errors import InvalidValue, KnowledgeNotFound, MissingTool, UnreadableFile
from primum.foundation.names import OWL, RDF, Graph
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.mappings import read_mappings
from primum.knowledge.origins import Origins
from primum.knowledge.release import load_release, read_manifest
from primum.model.knowledge import Knowledge
from primum.use_cases.build import is_current
from primum.use_cases.compiling import Compiled, compile_knowledge

_PARTS = ("ontology", "rules", "queries")
_TYPE, _ONTOLOGY = ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Ontology")
_NAMES = ("a folder with ontology/ and rules/", "a release", "a .ttl file", "a git revision")


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what its files assert, and what they compile to.

    `name` is what the caller called it. `declared_in` maps a term to the path of its file, from
    the folder of the knowledge.
    """

    name: str
    knowledge: Knowledge
    asserted: frozenset[ox.Quad]
    shapes: frozenset[ox.Quad]
    mappings: frozenset[tuple[str, str, str]]
    declared_in: dict[str, str]


class Reader:
    """Reads versions by name; the same files are compiled once, whatever they are called.

    `here` is the knowledge as it stands.
    """

    def __init__(self, here: Place) -> None:
        """Nothing is read yet."""
        self._here = here
        self._known: dict[str, Version] = {}

    def read(self, name: str) -> Version:
        """The version of that name; "" is the knowledge as it stands.

        A name is a folder that holds ontology/ and rules/, the folder of a release, a Turtle file,
        which stands for the knowledge with this file in place of its own, or a git revision of the
        repository the knowledge stands in. Raises InvalidValue for anything else, and
        KnowledgeError for knowledge that does not compile.
        """
        path = Path(name)
        if not name:
            return self._of_place("the knowledge as it stands", self._here)
        if (path / "manifest.json").is_file():
            return of_release(name, path)
        if (path / "ontology" / "primum.ttl").is_file():
            return self._of_place(name, Place(path))
        with tempfile.TemporaryDirectory(prefix="primum-") as folder:
            make = _with_file if path.is_file() else _checked_out
            return self._of_place(name, make(self._here, name, Path(folder)))

    def _of_place(self, name: str, place: Place) -> Version:
        """The version that the files of a place make up."""
        digest = files.digest(place)
        if digest not in self._known:
            self._known[digest] = self._made(place, digest)
        return replace(self._known[digest], name=name)

    def _made(self, place: Place, digest: str) -> Version:
        """The same, from a release where there is one of just these files."""
        for one in (place, self._here):
            if is_current(one) and read_manifest(one.release).digest == digest:
                return of_release("", one.release)
        return compiled_version("", compile_knowledge(place), place)


def compiled_version(name: str, compiled: Compiled, place: Place) -> Version:
    """The version that was compiled from the files of a place."""
    return Version(
        name=name,
        knowledge=compiled.knowledge,
        asserted=frozenset(compiled.sources.dataset),
        shapes=frozenset(files.read_record_shapes(place)),
        mappings=frozenset(read_mappings(files.mappings_file(place))),
        declared_in={
            iri: path.relative_to(place.root).as_posix()
            for iri, path in compiled.sources.declared_in.items()
        },
    )


def of_release(name: str, folder: Path) -> Version:
    """The version of a release."""
    release = load_release(folder)

    def graph(iri: str) -> frozenset[ox.Quad]:
        return frozenset(release.store.quads_for_pattern(None, None, None, ox.NamedNode(iri)))

    origins = Origins.read(graph(Graph.INFERRED))
    return Version(
        name=name,
        knowledge=release.knowledge,
        asserted=graph(Graph.ASSERTED),
        shapes=graph(Graph.SHAPES),
        mappings=frozenset(map(_texts, graph(Graph.MAPPINGS))),
        declared_in={node.value: path for node, path in origins.homes.items() if path},
    )


def _texts(quad: ox.Quad) -> tuple[str, str, str]:
    """A mapping as its file has it."""
    named = [term for term in quad.triple if isinstance(term, ox.NamedNode)]
    one, by, other = (node.value for node in named)
    return one, by, other


def _with_file(here: Place, name: str, folder: Path) -> Place:
    """A copy of the knowledge with a file in place of the one that holds the same ontology."""
    path, place = Path(name), Place(folder)
    for part in _PARTS:
        if (here.root / part).is_dir():
            copytree(here.root / part, folder / part)
    wanted = _ontology(path)
    homes = [known for known in files.knowledge_files(place) if _ontology(known) == wanted]
    if not wanted or not homes:
        raise InvalidValue(
            f"{path} holds {wanted or 'no ontology'}, which no file of the knowledge holds.",
            where="version",
            found=str(path),
        )
    homes[0].write_bytes(path.read_bytes())
    return place


def _ontology(path: Path) -> str:
    """The IRI of the ontology in a file, or ""."""
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if (quad.predicate, quad.object) == (_TYPE, _ONTOLOGY):
                return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
    except SyntaxError as error:
        raise UnreadableFile(f"{path}:{error.lineno}: {error.msg}") from error
    return ""


def _checked_out(here: Place, revision: str, folder: Path) -> Place:
    """The knowledge of a git revision, in a folder."""
    top = Path(git(here, "rev-parse", "--show-toplevel").decode().strip())
    inside = here.root.resolve().relative_to(top.resolve())
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = git(here, *asked).decode().strip()
    parts = [(inside / part).as_posix() for part in ("ontology", "rules")]
    content = git(here, "-C", str(top), "archive", "--format=tar", commit, "--", *parts)
    with tarfile.open(fileobj=BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")
    place = Place(folder / inside)
    if not (place.ontology / "primum.ttl").is_file():
        raise KnowledgeNotFound(f"The revision {revision} has no ontology/primum.ttl.")
    return place


def git(here: Place, *arguments: str) -> bytes:
    """What git says of the repository that the knowledge stands in; raises InvalidValue."""
    program = which("git")
    if program is None:
        raise MissingTool("git is not installed; name a folder or a release instead.")
    command = [program, "-C", str(here.root), *arguments]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise InvalidValue(
            f"Neither a folder of knowledge, nor a release, nor a file, nor a git revision: {said}",
            where="version",
            found=" ".join(arguments),
            allowed=_NAMES,
        )
    return done.stdout
