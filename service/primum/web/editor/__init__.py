"""Where people ask in SPARQL with a browser: an editor, or a plain form where no script runs."""
