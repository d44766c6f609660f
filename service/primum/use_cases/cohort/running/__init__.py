"""Runs over whole files: parts, counts, and the summary."""
