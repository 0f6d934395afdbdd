"""The records of volunteer service in the admin."""

from volunteers.admin import teams

__all__ = ["teams"]
