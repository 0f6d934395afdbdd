"""The figures of volunteer service."""

from volunteers.figures import emergencies, mechanisms, published, visits

__all__ = ["emergencies", "mechanisms", "published", "visits"]
