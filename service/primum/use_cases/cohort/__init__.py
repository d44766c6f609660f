"""Cohorts: tables of records in, tables of answers out."""
