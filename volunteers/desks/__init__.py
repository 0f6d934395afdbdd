"""The pages on which volunteers carry out their mechanisms."""

from volunteers.desks import cadre_days, emergencies, musters, pairing, service, trainings, visits

__all__ = ["cadre_days", "emergencies", "musters", "pairing", "service", "trainings", "visits"]
