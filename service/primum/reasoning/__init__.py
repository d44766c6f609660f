"""From a case to an answer: pure functions on frozen data."""
