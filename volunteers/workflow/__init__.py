"""What follows from the steps of volunteers' records."""

from volunteers.workflow import emergencies, service, trainings, visits

__all__ = ["emergencies", "service", "trainings", "visits"]
