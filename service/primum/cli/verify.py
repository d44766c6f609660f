"""`primum verify`: let the reasoner judge the engine."""

import sys
from dataclasses import asdict, replace

import click

from primum.cli.console import as_json, load, print_json
from primum.foundation.names import local_name
from primum.model.manchester import facets
from primum.use_cases.verify import Disagreement
from primum.use_cases.verify import verify as run


@click.command()
@click.option("--cases", default=300, show_default=True, help="How many fully known situations.")
@click.option(
    "--open", "open_cases", default=0, show_default=True, help="How many with open facts."
)
@click.option("--seed", default=0, show_default=True, help="Seed of the random choice.")
@as_json
def verify(*, cases: int, open_cases: int, seed: int, as_json: bool) -> None:
    """Compare the engine with HermiT over random situations.

    With --open, situations with open facts are compared too: that many over the shipped rules,
    and that many over random small rule bases.
    """
    report = run(load(), cases=cases, open_cases=open_cases, seed=seed)
    lines = [_line(found) for found in report.disagreements]
    if as_json:
        print_json({**asdict(replace(report, disagreements=())), "disagreements": lines})
    else:
        click.echo(
            f"{report.known} known and {report.open} open situations, {report.rule_bases} random "
            f"rule bases (seed {report.seed}): {len(lines)} disagreements with HermiT."
        )
        for line in lines:
            click.echo(line)
    if lines:
        sys.exit(1)


def _line(found: Disagreement) -> str:
    """A disagreement on one line."""
    case = found.situation.case
    present = ", ".join(sorted(map(local_name, case.present))) or "none"
    absent = ", ".join(sorted(map(local_name, case.absent))) or "none"
    return (
        f"{local_name(found.situation.treatment)} in {local_name(case.injury)}, grade "
        f"{case.grade}, hours {facets(case.hours)}, present {present}, absent {absent}, "
        f"{case.screening.value}: engine says {found.answered or 'no rule'}; "
        f"HermiT says {found.judged or 'no rule'}"
    )
