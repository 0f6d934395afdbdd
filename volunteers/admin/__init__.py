"""The records of volunteer service in the admin."""

from volunteers.admin import cadre_days, emergencies, teams, trainings, visits

__all__ = ["cadre_days", "emergencies", "teams", "trainings", "visits"]
