"""Social organizations in the admin."""

from organizations.admin import base

__all__ = ["base"]
