"""The kinds of record about social organizations, one file for a mechanism."""
