"""The kinds of record that communities and their social workers keep, one file for a mechanism."""
