"""Made-up cohorts."""
