"""The words of the volunteer service, and the tables of its lifecycles."""

from volunteers.enums.base import PairingTier, Segment, TeamKind

__all__ = ["PairingTier", "Segment", "TeamKind"]
