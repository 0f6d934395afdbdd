"""The figures of volunteer service."""

from volunteers.figures import published

__all__ = ["published"]
