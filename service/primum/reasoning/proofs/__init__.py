"""From a claim back to facts and axioms: finding proofs. Pure functions on frozen data."""
