"""The words of the domain as frozen types, and the algebra on them. No I/O, no globals."""
