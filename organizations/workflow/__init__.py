"""Every change of state of an organization's records that does more than its table says."""

from organizations.workflow import incubation, purchases, registration, supervision

__all__ = ["incubation", "purchases", "registration", "supervision"]
