"""Whether the tests would notice: the portal is spoilt in small ways, and each time they are run.

`make mutate` chooses mutants by chance from a seed, runs for each the tests that touch what was
spoilt, and says which were not caught. What touches what is learned from one run of all tests.
"""
