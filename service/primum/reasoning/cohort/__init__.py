"""Many records at once: the decision tables as arrays."""
