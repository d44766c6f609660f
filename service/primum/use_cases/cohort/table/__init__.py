"""Columns of tables: what they mean and how they are typed."""
