"""What is edited by sheet is what the service answers by."""

import pytest
from tests.spreadsheet.editing import Grid

from primum.knowledge.locate import Place
from primum.model.levels import Verdict
from primum.reasoning.engine import Engine
from primum.use_cases.compiling import compile_knowledge
from primum.use_cases.question import Asked, Vocabulary
from primum.use_cases.service import Primum
from primum.use_cases.spreadsheet.template import read_sheet, write_sheet

RULE = "massage-strain-grade2-3-week"
ASKED = Asked("hamstring-strain", grade="2", hours="130")


@pytest.mark.slow
@pytest.mark.parametrize(
    "cells", [{"until hour": "120"}, {"retire because": "A test."}], ids=["window", "retired"]
)
def test_an_edited_rule_moves_the_answer(
    copied: Place, primum: Primum, cells: dict[str, str]
) -> None:
    """Hour 130 lies within a week, and after five days; a retired rule bars nothing."""
    [shipped] = primum.ask(ASKED, treatment="massage").findings
    assert shipped.verdict is Verdict.RELATIVELY_CONTRAINDICATED
    sheet = Grid.of(write_sheet(copied, "rules"))
    assert read_sheet(copied, sheet.edited(RULE, cells).save()).faults == ()
    knowledge = compile_knowledge(copied).knowledge
    edited = Engine(knowledge).answer(Vocabulary(knowledge).case(ASKED))
    [verdict] = [f.verdict for f in edited.findings if f.treatment.slug == "massage"]
    assert verdict is Verdict.RULED_OUT
