"""Tables of other libraries in and out."""
