"""`primum timeline`: the design question over time."""

from itertools import groupby

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from primum.cli.console import as_json, console, load, print_json
from primum.cli.questions import asks
from primum.cli.styles import STYLE
from primum.model.answers import Course, Segment, Timeline
from primum.model.cases import Case
from primum.use_cases.documents import Writer
from primum.use_cases.explanations import timeline_document
from primum.use_cases.question import Asked
from primum.use_cases.words import Words


@click.command()
@asks
@click.option("--treatment", help="Show this treatment only.")
@as_json
def timeline(*, asked: Asked, treatment: str | None, as_json: bool) -> None:
    """Show from when to when each treatment is barred, and how firmly each window ends."""
    primum = load()
    found = primum.timeline(asked, treatment=treatment)
    writer = Writer(primum.release.knowledge)
    if as_json:
        print_json(timeline_document(writer, found))
    else:
        _show(console(), writer.words, found)
        click.echo()
        click.echo(primum.release.knowledge.notice)


def _show(out: Console, words: Words, found: Timeline) -> None:
    """The courses, those that are alike put together."""
    out.print(Text(words.case(found.case), style="bold"))
    out.print(Text(words.say(f"screening-{found.case.screening}"), style="dim"))
    for _, alike in groupby(found.courses, key=lambda course: course.segments):
        courses = list(alike)
        out.print()
        out.print(Text(", ".join(course.treatment.label for course in courses), style="bold"))
        _show_course(out, words, found.case, courses[0])


def _show_course(out: Console, words: Words, case: Case, course: Course) -> None:
    """One line per segment, with how it ends."""
    for segment in course.segments:
        line = Text(f"{words.time(segment.hours)}: ", style="dim")
        line.append(_verdict(words, segment), STYLE[segment.verdict])
        if segment.end is not None:
            line.append(f"  {words.change(segment.end, case)}", "dim")
        out.print(Padding(line, (0, 0, 0, 2)))


def _verdict(words: Words, segment: Segment) -> str:
    """The verdict of a segment, and what is possible where that is stricter."""
    verdict = words.say(f"name-{segment.verdict}")
    if segment.certain == segment.possible:
        return verdict
    return f"{verdict} ({words.say(f'level-{segment.possible.word}')}?)"
