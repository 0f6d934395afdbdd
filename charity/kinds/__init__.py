"""The kinds of record about charity."""
