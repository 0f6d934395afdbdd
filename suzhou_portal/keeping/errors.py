"""What goes wrong with a backup, as the technician is told."""


class KeepingError(Exception):
    """Why there is no backup, or nothing was restored: a sentence in Chinese."""
