"""What follows from the steps of charity's records."""

from charity.workflow import tracing

__all__ = ["tracing"]
