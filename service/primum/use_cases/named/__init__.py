"""Named questions: SPARQL files that anyone asks by name, with typed parameters."""
