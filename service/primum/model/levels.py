"""How strong a contraindication is, what a verdict says, and whether a rule holds."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Strength of a contraindication; a larger number is stricter."""

    NONE = 0
    PRECAUTION = 1
    RELATIVE = 2
    ABSOLUTE = 3

    @property
    def word(self) -> str:
        """The level as the contracts spell it: `absolute`, `relative`, `precaution`, `none`."""
        return self.name.lower()


class Appraisal(StrEnum):
    """What a source says of a treatment's use, beside any contraindication."""

    FOR = "for"
    AGAINST = "against"
    UNCERTAIN = "uncertain"


class Holds(StrEnum):
    """Whether a rule holds in every completion of the record, or only in some."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Screening(StrEnum):
    """How patient factors that a record does not mention are taken."""

    ASSUME_CLEAR = "assume-clear"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What the rules say of one treatment. None of these means that it is safe."""

    CONTRAINDICATED = "contraindicated"
    RELATIVELY_CONTRAINDICATED = "relatively-contraindicated"
    PRECAUTION = "precaution"
    UNDETERMINED = "undetermined"
    RULED_OUT = "ruled-out"
    NO_RULE = "no-rule"


_BY_CERTAIN_LEVEL = {
    Level.ABSOLUTE: Verdict.CONTRAINDICATED,
    Level.RELATIVE: Verdict.RELATIVELY_CONTRAINDICATED,
    Level.PRECAUTION: Verdict.PRECAUTION,
}


def verdict(certain: Level, possible: Level, *, spoken_of: bool) -> Verdict:
    """The verdict for a treatment; `spoken_of` tells whether any rule concerns it at all."""
    if certain:
        return _BY_CERTAIN_LEVEL[certain]
    if possible:
        return Verdict.UNDETERMINED
    return Verdict.RULED_OUT if spoken_of else Verdict.NO_RULE
