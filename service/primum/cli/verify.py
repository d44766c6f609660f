"""`primum verify`: let the reasoner judge the engine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from primum.cli.console import as_json, load, print_json
from primum.foundation.names import local_name
from primum.model.manchester import facets
from primum.use_cases.comparing import Comparison
from primum.use_cases.judging import Judgement
from primum.use_cases.regressions import Regression, save
from primum.use_cases.verify import Progress, Report
from primum.use_cases.verify import verify as run

_IN_CHECKOUT = Path("tests/regressions")
_ELSEWHERE = Path("regressions")


@click.command()
@click.option(
    "--cases",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    help="How many situations in all.",
)
@click.option("--seed", default=0, show_default=True, help="Seed of the random choice.")
@click.option(
    "--save",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder for what disagrees; by default {_IN_CHECKOUT} if there, else {_ELSEWHERE}.",
)
@as_json
def verify(*, cases: int, seed: int, folder: Path | None, as_json: bool) -> None:
    """Compare the engine with HermiT over random situations.

    Of the situations, 30 % are fully known and 20 % leave facts open, over the shipped rules; the
    rest leave facts open, over random small rule bases. Where the two disagree, the situation is
    made as simple as possible and saved as a regression case.
    """
    primum = load()
    with _shown(cases, hidden=as_json) as progress:
        report = run(primum, cases=cases, seed=seed, progress=progress)
    into = folder or (_IN_CHECKOUT if _IN_CHECKOUT.is_dir() else _ELSEWHERE)
    digest = primum.release.knowledge.edition.digest
    found = [each.shrunk for each in report.disagreements]
    saved = [save(Regression(seed, digest, each), into) for each in found]
    lines = [f"{path}: {_line(each)}" for path, each in zip(saved, found, strict=True)]
    if as_json:
        print_json(_document(report, lines))
    else:
        click.echo("\n".join([_summary(report), *lines]))
    if lines:
        sys.exit(1)


@contextmanager
def _shown(cases: int, *, hidden: bool) -> Iterator[Progress]:
    """A progress bar on standard error, unless a program reads along."""
    if hidden:
        yield lambda _, __: None
        return
    with click.progressbar(length=cases, label="Asking HermiT", file=sys.stderr) as bar:

        def progress(doing: str, situations: int) -> None:
            bar.label = doing
            bar.update(situations)
            bar.render_progress()

        yield progress


def _document(report: Report, lines: list[str]) -> dict[str, object]:
    """The report as JSON."""
    counts = {**asdict(report.mix), "rule_bases": report.mix.rule_bases}
    return {
        **counts,
        "impossible": report.impossible,
        "seed": report.seed,
        "disagreements": lines,
    }


def _summary(report: Report) -> str:
    """What was compared, in a sentence."""
    mix = report.mix
    return (
        f"{mix.known} known and {mix.open} open situations over the shipped rules, {mix.random} "
        f"open ones over {mix.rule_bases} random rule bases (seed {report.seed}; "
        f"{report.impossible} cannot be): {len(report.disagreements)} disagreements with HermiT."
    )


def _line(found: Comparison) -> str:
    """A disagreement on one line."""
    scene, case = found.scene, found.scene.situation.case
    rules = "the shipped rules" if scene.rules is None else f"{len(scene.rules)} drawn rules"
    return (
        f"{local_name(scene.situation.treatment)} in {local_name(case.injury)}, grade "
        f"{case.grade}, age {case.age}, hours {facets(case.hours)}, "
        f"present {_names(case.present)}, absent {_names(case.absent)}, {case.screening.value}, "
        f"{rules}: engine says {_words(found.answered)}; HermiT says {_words(found.judged)}"
    )


def _words(judgement: Judgement | None) -> str:
    """What engine or HermiT says, in words."""
    if judgement is None:
        return "no such situation can be"
    levels = f"certain {judgement.certain.word}, possible {judgement.possible.word}"
    return f"{levels}, rules that hold {_names(judgement.rules)}"


def _names(iris: frozenset[str]) -> str:
    """Local names in a row."""
    return ", ".join(sorted(map(local_name, iris))) or "none"
