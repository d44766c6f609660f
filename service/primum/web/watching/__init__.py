"""Edits of the knowledge noticed while it is served: built, taken over, or told to be broken."""
