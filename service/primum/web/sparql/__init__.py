"""`/sparql`: the SPARQL 1.1 Protocol for queries, over caged processes."""
