"""The pages on which volunteers carry out their mechanisms."""

from volunteers.desks import service

__all__ = ["service"]
