"""What every other layer stands on: names, settings and errors."""
