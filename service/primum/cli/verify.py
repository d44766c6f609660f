"""`primum verify`: let the reasoner judge the engine."""

import sys

import click

from primum.cli.console import as_json, load, print_json
from primum.foundation.names import local_name
from primum.model.manchester import spell
from primum.use_cases.verify import Disagreement, Report
from primum.use_cases.verify import verify as run


@click.command()
@click.option("--cases", default=300, show_default=True, help="How many random situations.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random choice.")
@as_json
def verify(*, cases: int, seed: int, as_json: bool) -> None:
    """Compare the engine with HermiT over random fully known situations."""
    report = run(load(), cases=cases, seed=seed)
    if as_json:
        print_json(_document(report))
    else:
        click.echo(
            f"{report.cases} situations (seed {report.seed}): HermiT entails "
            f"{report.rules_entailed} rules, {len(report.disagreements)} disagreements."
        )
        for found in report.disagreements:
            click.echo(_line(found))
    if report.disagreements:
        sys.exit(1)


def _document(report: Report) -> dict[str, object]:
    """The report as JSON."""
    return {
        "cases": report.cases,
        "seed": report.seed,
        "rulesEntailed": report.rules_entailed,
        "disagreements": [_line(found) for found in report.disagreements],
    }


def _line(found: Disagreement) -> str:
    """A disagreement on one line."""
    case = found.situation.case
    factors = ", ".join(sorted(map(local_name, case.present))) or "no factors"
    more = ", ".join(sorted(map(local_name, found.answered - found.entailed))) or "none"
    less = ", ".join(sorted(map(local_name, found.entailed - found.answered))) or "none"
    return (
        f"{local_name(case.injury)}, grade {case.grade}, {spell(case.hours.start.at)} h, "
        f"{factors}, "
        f"{local_name(found.situation.treatment)}: engine alone {more}; HermiT alone {less}"
    )
