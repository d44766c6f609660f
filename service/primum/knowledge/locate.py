"""Where the ontology, the rules, the queries and the release are found."""

from dataclasses import dataclass
from pathlib import Path

from primum.foundation.errors import KnowledgeNotFound

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds the knowledge: a checkout, or the installed package itself."""

    root: Path

    @property
    def ontology(self) -> Path:
        """Folder of the ontology; its root is `primum.ttl`."""
        return self.root / "ontology"

    @property
    def rules(self) -> Path:
        """Folder of the rules and shapes."""
        return self.root / "rules"

    @property
    def queries(self) -> Path:
        """Folder of the named queries."""
        return self.root / "queries"

    @property
    def release(self) -> Path:
        """Folder of the compiled release: beside the knowledge when installed, else in build/."""
        installed = self.root / "release"
        return installed if installed.is_dir() else self.root / "build" / "release"


def locate(configured: Path | None = None) -> Place:
    """The place of the knowledge: the configured folder, the wheel, or the checkout.

    Raises KnowledgeNotFound with the list of places where no `ontology/primum.ttl` stands.
    """
    places = (configured,) if configured else (_PACKAGE, _PACKAGE.parents[1])
    for root in places:
        if (root / "ontology" / "primum.ttl").is_file():
            return Place(root)
    tried = "\n".join(f"  {root}" for root in places)
    raise KnowledgeNotFound(
        f"No knowledge found: ontology/primum.ttl is in none of\n{tried}\n"
        "Set PRIMUM_KNOWLEDGE to the folder that holds ontology/, rules/ and queries/."
    )
