"""What follows from the steps of volunteers' records."""

from volunteers.workflow import service

__all__ = ["service"]
