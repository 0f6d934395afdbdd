"""The records of volunteer service in the admin."""

from volunteers.admin import service, teams

__all__ = ["service", "teams"]
