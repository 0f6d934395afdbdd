"""The kinds of record of 联动."""
