"""SPARQL: what callers may ask of a dataset in their own words, and how it is answered."""
