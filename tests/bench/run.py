"""The benchmark: `make bench`, or `python tests/bench/run.py [--quick] [--json FILE]`.

Exit code 1 means that two ways to answer disagree; then nothing is timed.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

if not __package__:  # run as a script: make the checkout's root importable
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import growth, parts
from tests.bench.cohort_part import cohorts
from tests.bench.cohort_results import cohort_document, cohort_lines
from tests.bench.engines import Mismatch
from tests.bench.http_part import http
from tests.bench.open_facts import open_facts
from tests.bench.pages import pages
from tests.bench.scale import QUICK, Scale
from tests.bench.sparql_part import sparql
from tests.bench.sparql_results import sparql_document, sparql_lines
from tests.bench.table import Results, document, table

from primum.use_cases.build import is_current
from primum.use_cases.service import Primum


def measured(primum: Primum, scale: Scale) -> Results:
    """All parts of the benchmark, one after the other; raises Mismatch."""
    return Results(
        about=_about(primum, scale),
        answers=parts.answers(primum, scale),
        reasoner=parts.reasoner(primum, scale),
        open_facts=open_facts(primum, scale),
        open_factors=growth.by_open_factors(primum, scale),
        loading=parts.loading(primum, scale),
        growth=growth.by_rules(primum, scale),
        pages=pages(primum, scale),
        http=http(primum, scale),
        sparql=sparql(primum, scale),
        cohorts=cohorts(primum, scale),
    )


def _about(primum: Primum, scale: Scale) -> dict[str, str | int]:
    """What is run, and on what."""
    knowledge = primum.release.knowledge
    return {
        "knowledge": f"{knowledge.edition.version}, {knowledge.edition.digest}",
        "size": f"{len(knowledge.rules)} rules, {len(knowledge.treatments)} treatments",
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs",
        "questions": f"{scale.questions} (rdflib {scale.rdflib}), equal answers before any timing",
        "records": f"{scale.records} of each kind, {scale.grown} at each size",
        "HTTP": f"{scale.http.asked} questions, {scale.http.asked} records, 1 server process",
        "rounds": f"{scale.rounds} (rdflib, HermiT and growth {scale.slow_rounds})",
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and tell by the exit code whether all answers agreed."""
    parser = argparse.ArgumentParser(description="Measure speed, as ratios within one run.")
    parser.add_argument("--quick", action="store_true", help="few questions, small sizes")
    parser.add_argument("--sparql", action="store_true", help="what is asked in SPARQL alone")
    parser.add_argument("--cohorts", action="store_true", help="cohorts alone")
    parser.add_argument("--alone", action="store_true", help="install no server to compare with")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every round here too")
    parser.add_argument("--knowledge", type=Path, metavar="FOLDER", help="not the default place")
    asked = parser.parse_args(arguments)
    primum = Primum.load(asked.knowledge)
    if not is_current(primum.place):
        print("The release is not that of the files. Run `make build`.", file=sys.stderr)
        return 2
    scale = QUICK if asked.quick else Scale()
    scale = replace(scale, sparql=replace(scale.sparql, others=not asked.alone))
    try:
        if asked.cohorts:
            lines, kept = _of_cohorts(primum, scale)
        else:
            lines, kept = _of_sparql(primum, scale) if asked.sparql else _of_all(primum, scale)
    except Mismatch as mismatch:
        print(mismatch, file=sys.stderr)
        return 1
    print(lines)
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return 0


def _of_all(primum: Primum, scale: Scale) -> tuple[str, dict[str, Any]]:
    """The table of all parts, and the document to keep."""
    results = measured(primum, scale)
    return table(results), document(results)


def _of_sparql(primum: Primum, scale: Scale) -> tuple[str, dict[str, Any]]:
    """The same of what is asked in SPARQL."""
    found = sparql(primum, scale)
    return "\n".join(sparql_lines(found)), sparql_document(found)


def _of_cohorts(primum: Primum, scale: Scale) -> tuple[str, dict[str, Any]]:
    """The same of cohorts."""
    found = cohorts(primum, scale)
    return "\n".join(cohort_lines(found)), cohort_document(found)


if __name__ == "__main__":
    sys.exit(main())
