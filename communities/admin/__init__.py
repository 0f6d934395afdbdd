"""The records of communities and their social workers in the admin."""

from communities.admin import governance, grids, learning, pay, people, training, workers

__all__ = ["governance", "grids", "learning", "pay", "people", "training", "workers"]
