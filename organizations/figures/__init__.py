"""The figures of social organizations."""

from organizations.figures import base, incubation, purchases, registration

__all__ = ["base", "incubation", "purchases", "registration"]
