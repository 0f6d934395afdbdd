"""The records of communities and their social workers in the admin."""

from communities.admin import governance, grids, people, training, workers

__all__ = ["governance", "grids", "people", "training", "workers"]
