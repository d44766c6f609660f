"""The options in which `ask`, `timeline` and `explain` take a question."""

from collections.abc import Callable
from typing import Any

import click

from primum.model.levels import Screening
from primum.use_cases.question import Asked

_OPTIONS = (
    click.option("--injury", required=True, help="Name of the injury: id, slug, label or synonym."),
    click.option("--grade", help="Grade of a strain, sprain or contusion, 1 to 3."),
    click.option("--day", help="Day since onset; the day of injury is day 0."),
    click.option("--hours", help="Hours since onset, such as 47.5."),
    click.option("--onset", help="Date or date and time of onset, or an interval A/B of them."),
    click.option("--at", help="Date and time that is asked about; now, where only onset is given."),
    click.option("--age", help="Age of the patient in completed years."),
    click.option("--factor", "present", multiple=True, help="A patient factor that is present."),
    click.option("--without", "absent", multiple=True, help="A patient factor that is absent."),
    click.option(
        "--screening",
        default=Screening.ASSUME_CLEAR.value,
        show_default=True,
        help="How factors not mentioned are taken: assume-clear or unknown.",
    ),
)
_FIELDS = frozenset(Asked.__dataclass_fields__)


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes a question: its options arrive as the one argument `asked`."""

    def with_question(**given: Any) -> None:
        asked = Asked(**{name: given.pop(name) for name in _FIELDS & given.keys()})
        command(asked=asked, **given)

    with_question.__doc__, with_question.__name__ = command.__doc__, command.__name__
    decorated: Callable[..., None] = with_question
    # Options that the command has itself come after those of the question.
    with_question.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
