"""Tell how far the clinicians' cases cover the rules: `make coverage`, or this module.

    python -m tests.clinical.coverage [--topic massage] [--json]

Exit code 1 means that fewer mutants are killed than have to be.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

if not __package__:  # run as a script: make the checkout's root importable
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.clinical.files import read_cases
from tests.clinical.killing import Fate, Outcome
from tests.clinical.measuring import Coverage, coverage, together
from tests.clinical.shipped import knowledge
from tests.clinical.touching import Touched

from primum.foundation.names import local_name
from primum.model.cases import Case

CASES = Path(__file__).parents[1] / "cases"
HEADS = (
    "topic",
    "rules",
    "sides",
    "touched",
    "mutants",
    "killed",
    "survived",
    "equivalent",
    "score",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(description="How far the clinicians' cases cover the rules.")
    parser.add_argument("--topic", help="one file of rules, such as massage; otherwise all")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    asked = parser.parse_args(arguments)
    topics = {rule.topic for rule in knowledge().release.knowledge.rules}
    if asked.topic not in {None, *topics}:
        parser.error(f"no file of rules is called {asked.topic}: {', '.join(sorted(topics))}")
    cases = [case for path in sorted(CASES.glob("*.toml")) for case in read_cases(path)]
    parts = coverage(knowledge().engine, cases, asked.topic)
    whole = together(parts)
    if asked.json:
        print(json.dumps(document(parts, whole), indent=2))
    else:
        print("\n".join(lines(parts, whole)))
    return 0 if whole.is_enough else 1


def lines(parts: Sequence[Coverage], whole: Coverage) -> Iterator[str]:
    """The table, then what is untouched and what survived, by rule."""
    table = [HEADS, *(row(part) for part in (*parts, whole))]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        first, *numbers = zip(cells, widths, strict=True)
        yield "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers)])
    yield from uncovered(whole)
    for outcome in whole.fated(Fate.SURVIVED):
        told = f"{local_name(outcome.treatment)} in {record_in_words(outcome.witness)}"
        yield f"would tell {survivor_in_words(outcome)}: {told}"


def uncovered(part: Coverage) -> Iterator[str]:
    """A line for each side that no case touches, and for each change that no case notices."""
    for side in part.untouched:
        yield f"untouched  {side.boundary.rule.slug}: {side_in_words(side)}"
    for outcome in part.fated(Fate.SURVIVED):
        yield f"survived   {survivor_in_words(outcome)}"


def listed(path: Path = CASES / "uncovered.txt") -> set[str]:
    """The lines of the list of what is not covered, without remarks."""
    found = map(str.strip, path.read_text(encoding="utf-8").splitlines())
    return {line for line in found if line and not line.startswith("#")}


def row(part: Coverage) -> tuple[str, ...]:
    """One line of the table."""
    fates = [len(part.fated(fate)) for fate in (Fate.KILLED, Fate.SURVIVED, Fate.EQUIVALENT)]
    sides = len(part.sides)
    numbers = (part.rules, sides, sides - len(part.untouched), len(part.outcomes), *fates)
    return (part.topic, *map(str, numbers), f"{part.score:.1%}")


def document(parts: Sequence[Coverage], whole: Coverage) -> dict[str, Any]:
    """The same for programs."""
    edition = knowledge().release.knowledge.edition
    return {
        "knowledge": {"version": edition.version, "digest": edition.digest},
        "topics": [figures(part) for part in parts],
        "all": figures(whole),
        "untouched": [
            {"rule": side.boundary.rule.slug, "side": side_in_words(side)}
            for side in whole.untouched
        ],
        "survived": [
            {
                "rule": outcome.mutant.rule.slug,
                "changed": outcome.mutant.operator,
                "how": outcome.mutant.says,
                "treatment": local_name(outcome.treatment),
                "witness": record_in_words(outcome.witness),
            }
            for outcome in whole.fated(Fate.SURVIVED)
        ],
    }


def figures(part: Coverage) -> dict[str, Any]:
    """The figures of one line of the table."""
    return {
        "topic": part.topic,
        "rules": part.rules,
        "sides": len(part.sides),
        "touched": len(part.sides) - len(part.untouched),
        "mutants": len(part.outcomes),
        **{fate.value: len(part.fated(fate)) for fate in Fate},
        "score": round(part.score, 4),
    }


def side_in_words(side: Touched) -> str:
    """A side of a boundary: `hours until 48, outside`."""
    return f"{side.boundary.about} {side.boundary.says}, {side.side}"


def survivor_in_words(outcome: Outcome) -> str:
    """A change that no case notices: `massage-burn: level absolute becomes relative`."""
    mutant = outcome.mutant
    return f"{mutant.rule.slug}: {mutant.operator} {mutant.says}"


def record_in_words(record: Case | None) -> str:
    """A record: `HamstringStrain, grade 2, 47 hours, with Fever`."""
    if record is None:
        return "no record that can be written"
    told = [local_name(record.injury)]
    told += [] if record.grade is None else [f"grade {record.grade}"]
    told += [f"{record.hours.start.at} hours"]
    told += [] if record.age is None else [f"age {record.age}"]
    told += [f"with {local_name(factor)}" for factor in sorted(record.present)]
    return ", ".join(told)


if __name__ == "__main__":
    sys.exit(main())
