"""A SPARQL server elsewhere that is asked instead of the embedded store: see decision 15."""
