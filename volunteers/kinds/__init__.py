"""The kinds of record that volunteers keep, one file for a mechanism."""
