"""The figures of volunteer service."""
