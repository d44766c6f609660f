"""Answers as Arrow tables."""
