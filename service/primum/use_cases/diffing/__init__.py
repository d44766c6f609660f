"""What an edit changes: terms, axioms, rules, and every answer, between two versions."""

from primum.use_cases.diffing.difference import Difference, Step, difference
from primum.use_cases.diffing.versions import Reader, Version

__all__ = ["Difference", "Reader", "Step", "Version", "difference"]
