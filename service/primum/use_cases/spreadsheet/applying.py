"""From a plan to the text of files: every edit made in the graph, and the rest untouched."""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDF
from primum.use_cases.spreadsheet.columns import put_condition
from primum.use_cases.spreadsheet.comparing import Edited
from primum.use_cases.spreadsheet.conditions import condition_of
from primum.use_cases.spreadsheet.document import Document
from primum.use_cases.spreadsheet.judging_rows import changes_condition
from primum.use_cases.spreadsheet.known import Known
from primum.use_cases.spreadsheet.planning import Plan
from primum.use_cases.spreadsheet.retiring import retire
from primum.use_cases.spreadsheet.sheets import ID, RETIRE, Sheet


def apply(plan: Plan) -> dict[Path, str]:
    """The new text of each file that a plan without faults changes."""
    rows: dict[str, list[Edited]] = defaultdict(list)
    for row in plan.rows:
        rows[row.file].append(row)
    texts: dict[Path, str] = {}
    for name, edited in sorted(rows.items()):
        path = plan.known.place.root / name
        document = Document.read(path, name)
        for row in edited:
            _put(plan.known, plan.sheet, document, row)
        texts[path] = document.text()
    return texts


def _put(known: Known, sheet: Sheet, document: Document, row: Edited) -> None:
    """Make a document say what a row says."""
    if row.is_new:
        document.add(ox.NamedNode(row.iri), RDF + "type", ox.NamedNode(OWL + "Class"))
        document.add(ox.NamedNode(row.iri), DCTERMS + "identifier", ox.Literal(row.cells[ID]))
    for column in sheet.columns:
        if column.name in row.changed:
            column.put(known, document, row.iri, row.cells[column.name])
    if RETIRE in row.changed:
        retire(document, row.iri, row.cells[RETIRE])
    elif changes_condition(row):
        put_condition(document, row.iri, document.lift(condition_of(known, row.cells)))
