"""Backups: one checked file with all a portal is made of, and the way back from it (ADR 36)."""
