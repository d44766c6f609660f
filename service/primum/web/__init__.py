"""The HTTP service. The only package that knows Flask."""
