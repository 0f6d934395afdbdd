"""Social organizations and their mechanisms in the admin."""

from organizations.admin import base, incubation, purchases, registration, supervision

__all__ = ["base", "incubation", "purchases", "registration", "supervision"]
