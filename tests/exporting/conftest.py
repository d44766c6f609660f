"""The exports of the shipped knowledge, each made once."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from primum.knowledge.locate import Place
from primum.use_cases.exporting import FORMS, export

Exported = Callable[[str], Mapping[str, str]]


@pytest.fixture(scope="session")
def exported(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Gives the texts of a form by the name of their file."""
    folder = tmp_path_factory.mktemp("exported")

    @cache
    def texts(form: str) -> Mapping[str, str]:
        several = len(FORMS[form].files) > 1
        path: Path = folder / form if several else folder / FORMS[form].files[0]
        return {file.name: file.read_text() for file in export(place, form, path)}

    return texts
