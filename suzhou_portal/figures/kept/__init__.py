"""Values of figures kept per area, true after every write however made.

`sources` derives from a figure's query which tables it depends on; triggers on these (`triggers`)
append marks of what each statement touched. A kept row remembers the snapshot of the database it was
computed from, so it is stale exactly where there is a mark which that snapshot does not see. Readers
(`reader`) recompute what is stale; nothing is ever updated by a writer. See docs/adr/0007-kept-values.md.
"""
