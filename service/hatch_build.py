"""Build hook: a wheel carries the knowledge, its release and the SPARQL editor; a link none."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_CONTENTS = {
    "ontology": "primum/ontology",
    "rules": "primum/rules",
    "queries": "primum/queries",
    "build/release": "primum/release",
}
_EDITOR = {"build/yasgui": "primum/yasgui"}


class KnowledgeHook(BuildHookInterface[Any]):
    """Puts the folders of the checkout that the package needs at run time under `primum/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folders; `version` is `standard` for a wheel, `editable` for a link."""
        if version != "standard":
            return
        if not (Path(self.root) / "build/release/manifest.json").is_file():
            message = "build/release is missing: run `make build` before building a wheel."
            raise FileNotFoundError(message)
        build_data["force_include"] |= _CONTENTS
        if (Path(self.root) / "build/yasgui/yasgui.min.js").is_file():
            build_data["force_include"] |= _EDITOR
