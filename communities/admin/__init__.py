"""The records of communities and their social workers in the admin."""

from communities.admin import governance, people, training, workers

__all__ = ["governance", "people", "training", "workers"]
