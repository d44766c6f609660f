"""Checking the knowledge: what a curator should look at before anyone relies on an edit."""

from primum.use_cases.checks.report import Outcome, Report
from primum.use_cases.checks.runner import check

__all__ = ["Outcome", "Report", "check"]
