"""The pages on which charity is carried out."""

from charity.desks import projects, tracing

__all__ = ["projects", "tracing"]
