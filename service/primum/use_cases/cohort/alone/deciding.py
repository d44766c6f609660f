"""Which rule decides what is found of a treatment, where one does."""

from primum.model.answers import Finding
from primum.model.levels import Holds
from primum.model.rules import Rule


def deciding_rule(finding: Finding) -> Rule | None:
    """The rule that makes a finding what it is.

    Where the treatment is barred for certain: the first that holds for certain at that level; None
    where several rules bar it together. Where it may be barred: the first that may. Else None.
    """
    if not finding.certain:
        return finding.reasons[0].rule if finding.possible and finding.reasons else None
    for reason in finding.reasons:
        if reason.holds is Holds.CERTAIN and reason.rule.level is finding.certain:
            return reason.rule
    return None
