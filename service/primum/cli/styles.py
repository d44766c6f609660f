"""How verdicts look in the terminal."""

from primum.model.levels import Verdict

STYLE = {
    Verdict.CONTRAINDICATED: "bold red",
    Verdict.RELATIVELY_CONTRAINDICATED: "bold dark_orange",
    Verdict.PRECAUTION: "bold yellow",
    Verdict.UNDETERMINED: "bold cyan",
    Verdict.RULED_OUT: "dim",
    Verdict.NO_RULE: "dim",
}
