"""The figures of volunteer service."""

from volunteers.figures import emergencies, mechanisms, published, service, visits

__all__ = ["emergencies", "mechanisms", "published", "service", "visits"]
