"""What Primum does for its users; each use case can be called from a notebook."""
