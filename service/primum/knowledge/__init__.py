"""Finding, reading, reasoning over, compiling and releasing the knowledge."""
