"""The shipped knowledge, loaded once for all cases."""

from functools import cache

from primum.use_cases.service import Primum


@cache
def knowledge() -> Primum:
    """Primum over the shipped release."""
    return Primum.load()


@cache
def rule_slugs() -> frozenset[str]:
    """The slugs of all rules."""
    return frozenset(rule.slug for rule in knowledge().release.knowledge.rules)


@cache
def bounds() -> frozenset[str]:
    """Every way in which a source prints the end of a window."""
    return frozenset(
        bound for rule in knowledge().release.knowledge.rules for bound in rule.bounds if bound
    )
