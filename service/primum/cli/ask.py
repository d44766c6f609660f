"""`primum ask`: the design question in the terminal."""

from itertools import groupby

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from primum.cli.console import as_json, console, load, print_json
from primum.model.answers import Answer, Finding, Reason
from primum.model.levels import Holds, Screening, Verdict
from primum.model.manchester import spell
from primum.model.spans import Span
from primum.use_cases.documents import Writer
from primum.use_cases.question import Asked, read_verdicts
from primum.use_cases.service import Primum

_STYLE = {
    Verdict.CONTRAINDICATED: "bold red",
    Verdict.RELATIVELY_CONTRAINDICATED: "bold dark_orange",
    Verdict.PRECAUTION: "bold yellow",
    Verdict.UNDETERMINED: "bold cyan",
    Verdict.RULED_OUT: "dim",
    Verdict.NO_RULE: "dim",
}
_IN_FULL = frozenset(_STYLE) - {Verdict.RULED_OUT, Verdict.NO_RULE}


@click.command()
@click.option("--injury", required=True, help="Name of the injury: id, slug, label or synonym.")
@click.option("--grade", help="Grade of a strain, sprain or contusion, 1 to 3.")
@click.option("--day", help="Day since onset; the day of injury is day 0.")
@click.option("--hours", help="Hours since onset, such as 47.5.")
@click.option("--factor", "present", multiple=True, help="A patient factor that is present.")
@click.option("--without", "absent", multiple=True, help="A patient factor that is absent.")
@click.option("--treatment", help="Answer for this treatment only.")
@click.option("--verdict", help="Show these verdicts only, separated by commas.")
@click.option(
    "--screening",
    default=Screening.ASSUME_CLEAR.value,
    show_default=True,
    help="How factors not mentioned are taken: assume-clear or unknown.",
)
@as_json
def ask(  # noqa: PLR0913 - one per option
    *,
    injury: str,
    grade: str | None,
    day: str | None,
    hours: str | None,
    present: tuple[str, ...],
    absent: tuple[str, ...],
    treatment: str | None,
    verdict: str | None,
    screening: str,
    as_json: bool,
) -> None:
    """Ask which treatments are contraindicated for an injury at one moment."""
    primum = load()
    asked = Asked(injury, grade, day, hours, present, absent, screening)
    wanted = None if verdict is None else read_verdicts(verdict)
    answer = primum.ask(asked, treatment=treatment, verdicts=wanted)
    if as_json:
        print_json(Writer(primum.release.knowledge).answer(answer))
    else:
        _show(console(), primum, answer, in_full=treatment is not None or wanted is not None)


def _show(out: Console, primum: Primum, answer: Answer, *, in_full: bool) -> None:
    """The answer for a person: grouped by verdict, the strictest first."""
    knowledge = primum.release.knowledge
    out.print(Text(_question(primum, answer), style="bold"))
    for verdict, group in groupby(answer.findings, key=lambda found: found.verdict):
        findings = list(group)
        out.print()
        out.print(Text(f"{verdict.value} ({len(findings)})", style=_STYLE[verdict]))
        if verdict in _IN_FULL or in_full:
            for alike in _alike(findings):
                _show_findings(out, alike)
        else:
            names = ", ".join(found.treatment.label + _kinds(found) for found in findings)
            out.print(Padding(Text(names, style="dim"), (0, 0, 0, 2)))
    out.print()
    out.print(Text(f"{knowledge.notice} Knowledge {answer.edition.version}.", style="italic"))


def _question(primum: Primum, answer: Answer) -> str:
    """The question as it was understood, on one line."""
    case = answer.case
    vocabulary = primum.vocabulary
    words = [vocabulary.injuries.of_iri(case.injury).label]
    if case.grade is not None:
        words.append(f"grade {case.grade}")
    words.append(_time(case.hours))
    for sign, factors in (("+", case.present), ("-", case.absent)):
        words += sorted(f"{sign} {vocabulary.factors.of_iri(iri).label}" for iri in factors)
    words.append(f"screening {case.screening.value}")
    return ", ".join(words)


def _time(hours: Span) -> str:
    """A span of time in words."""
    if hours == Span():
        return "time since onset not known"
    if hours.is_instant or hours.end is None:
        return f"{spell(hours.start.at)} h after onset"
    return f"{spell(hours.start.at)} to {spell(hours.end.at)} h after onset"


def _kinds(found: Finding) -> str:
    """The kinds of a treatment that are barred more strictly, in brackets."""
    kinds = [f"{kind.treatment.label}: {kind.possible.word}" for kind in found.stricter_kinds]
    return f" (but {'; '.join(kinds)})" if kinds else ""


def _alike(findings: list[Finding]) -> list[list[Finding]]:
    """The findings, those of one verdict that rest on the same reasons put together."""
    groups: dict[object, list[Finding]] = {}
    for found in findings:
        grounds = (found.reasons, found.recommended, found.screen_for)
        key = (found.certain, found.possible, found.changes_at, grounds)
        groups.setdefault(key, []).append(found)
    return list(groups.values())


def _show_findings(out: Console, alike: list[Finding]) -> None:
    """Treatments with the same answer: their names, what holds, and when that changes."""
    found = alike[0]
    names = ", ".join(each.treatment.label + _kinds(each) for each in alike)
    line = Text(names, style="bold")
    if found.certain != found.possible:
        line.append(f"  certain {found.certain.word}, possible {found.possible.word}", "cyan")
    if found.changes_at is not None:
        bound = f" ({found.changes_at.bound})" if found.changes_at.bound else ""
        line.append(f"  changes at {spell(found.changes_at.hours)} h{bound}", "dim")
    out.print(Padding(line, (0, 0, 0, 2)))
    for reason in (*found.reasons, *found.recommended):
        _show_reason(out, reason)
    if found.screen_for:
        names = "; ".join(screen.factor.label for screen in found.screen_for)
        out.print(Padding(Text(f"stricter with: {names}", style="dim"), (0, 0, 0, 4)))


def _show_reason(out: Console, reason: Reason) -> None:
    """One rule that holds: its level or appraisal, rationale, sources."""
    rule = reason.rule
    possible = " (possible)" if reason.holds is Holds.POSSIBLE else ""
    sources = "; ".join(
        f"{cited.source.id}, {cited.locator}" if cited.locator else cited.source.id
        for cited in rule.citations
    )
    text = Text(f"{rule.word}{possible}: ", style="bold")
    text.append(rule.rationale, "not bold")
    text.append(f" [{sources}; confidence {rule.confidence}]", "not bold dim")
    out.print(Padding(text, (0, 0, 0, 4)))
