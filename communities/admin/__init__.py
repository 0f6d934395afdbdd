"""The records of communities and their social workers in the admin."""

from communities.admin import consultation, governance, grids, people, training, workers

__all__ = ["consultation", "governance", "grids", "people", "training", "workers"]
