"""Primum: which treatments are contraindicated for this injury, now, for this patient."""
