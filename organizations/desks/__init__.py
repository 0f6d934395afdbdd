"""The pages on which organizations, evaluators and offices carry out their mechanisms."""

from organizations.desks import incubation, purchases, registration, supervision

__all__ = ["incubation", "purchases", "registration", "supervision"]
