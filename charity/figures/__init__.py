"""The figures of charity."""

from charity.figures import published, tracing

__all__ = ["published", "tracing"]
