"""The figures of social organizations."""

from organizations.figures import base

__all__ = ["base"]
