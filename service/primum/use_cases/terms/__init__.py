"""What a release says of each term, as pages show it and as RDF."""
