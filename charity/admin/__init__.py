"""The records of charity in the admin."""

from charity.admin import records, tracing

__all__ = ["records", "tracing"]
