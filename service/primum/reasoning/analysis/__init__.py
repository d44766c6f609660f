"""Analysis of a whole rule base: what its rules say together, exactly, by the algebra of boxes.

Each module finds one kind of thing and knows nothing of words: `dead` rules and regions,
`duplicates`, `shadows`, `conflicts`, `near_misses` between windows, `gaps` of which no rule speaks,
and factors that are `unused`.
"""
