"""The figures of volunteer service."""

from volunteers.figures import published, service

__all__ = ["published", "service"]
