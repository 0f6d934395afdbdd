"""The volunteers' records in the admin."""

from volunteers.admin import cadre_days, emergencies, service, teams, trainings, visits

__all__ = ["cadre_days", "emergencies", "service", "teams", "trainings", "visits"]
