"""What else happens when a record of the volunteers takes a step."""

from volunteers.workflow import emergencies, trainings, visits

__all__ = ["emergencies", "trainings", "visits"]
