"""Cohorts as RDF."""
