"""`primum ask`: the design question in the terminal."""

from itertools import groupby

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from primum.cli.console import as_json, console, load, print_json
from primum.cli.questions import asks
from primum.cli.styles import STYLE
from primum.model.answers import Answer, Finding, Reason
from primum.model.cases import Case
from primum.model.levels import Holds, Verdict
from primum.use_cases.documents import Writer
from primum.use_cases.narrative import ahead
from primum.use_cases.question import Asked, read_verdicts
from primum.use_cases.service import Primum
from primum.use_cases.words import Words

_IN_FULL = frozenset(STYLE) - {Verdict.RULED_OUT, Verdict.NO_RULE}


@click.command()
@asks
@click.option("--treatment", help="Answer for this treatment only.")
@click.option("--verdict", help="Show these verdicts only, separated by commas.")
@as_json
def ask(*, asked: Asked, treatment: str | None, verdict: str | None, as_json: bool) -> None:
    """Ask which treatments are contraindicated for an injury at one moment."""
    primum = load()
    wanted = None if verdict is None else read_verdicts(verdict)
    answer = primum.ask(asked, treatment=treatment, verdicts=wanted)
    if as_json:
        print_json(Writer(primum.release.knowledge).answer(answer))
    else:
        show(console(), primum, answer, in_full=treatment is not None or wanted is not None)


def show(out: Console, primum: Primum, answer: Answer, *, in_full: bool) -> None:
    """The answer for a person: grouped by verdict, the strictest first."""
    knowledge = primum.release.knowledge
    words = Words(knowledge)
    out.print(Text(words.case(answer.case), style="bold"))
    out.print(Text(words.say(f"screening-{answer.case.screening}"), style="dim"))
    for verdict, group in groupby(answer.findings, key=lambda found: found.verdict):
        findings = list(group)
        out.print()
        out.print(Text(f"{verdict.value} ({len(findings)})", style=STYLE[verdict]))
        if verdict in _IN_FULL or in_full:
            for alike in _alike(findings):
                show_findings(out, words, answer.case, alike)
        else:
            names = ", ".join(found.treatment.label + _kinds(found) for found in findings)
            out.print(Padding(Text(names, style="dim"), (0, 0, 0, 2)))
    out.print()
    out.print(Text(f"{knowledge.notice} Knowledge {answer.edition.version}.", style="italic"))


def _kinds(found: Finding) -> str:
    """The kinds of a treatment that are barred more strictly, in brackets."""
    kinds = [f"{kind.treatment.label}: {kind.possible.word}" for kind in found.stricter_kinds]
    return f" (but {'; '.join(kinds)})" if kinds else ""


def _alike(findings: list[Finding]) -> list[list[Finding]]:
    """The findings, those of one verdict that rest on the same reasons put together."""
    groups: dict[object, list[Finding]] = {}
    for found in findings:
        grounds = (found.reasons, found.recommended, found.screen_for)
        key = (found.certain, found.possible, found.changes_at, found.needs, grounds)
        groups.setdefault(key, []).append(found)
    return list(groups.values())


def show_findings(out: Console, words: Words, case: Case, alike: list[Finding]) -> None:
    """Treatments with the same answer: their names, what holds, and when that changes."""
    found = alike[0]
    names = ", ".join(each.treatment.label + _kinds(each) for each in alike)
    line = Text(names, style="bold")
    if found.certain != found.possible:
        line.append(f"  certain {found.certain.word}, possible {found.possible.word}", "cyan")
    out.print(Padding(line, (0, 0, 0, 2)))
    for reason in (*found.reasons, *found.recommended):
        _show_reason(out, reason)
    for sentence in ahead(words, case, found):
        out.print(Padding(Text(sentence, style="cyan"), (0, 0, 0, 4)))


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
