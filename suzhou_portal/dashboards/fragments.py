"""Parts of pages that are given again, rendered as they were, while what they show is the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from suzhou_portal.caching import followed
from suzhou_portal.figures.door import Opened


@dataclass(frozen=True)
class Fragment:
    """For the template tag `cache`; without a key the part has to be rendered each time."""

    key: str

    @property
    def lasting(self) -> int:
        """Seconds: what is rendered is replaced when its key changes, not when it is old."""
        return 365 * 24 * 3600 if self.key else 0


def resting_on(
    *kinds: type[models.Model], figures: Opened | None = None, told: Sequence[object] = ()
) -> Fragment:
    """What shows only records of these kinds, values of these figures, what was `told`, and the page's
    address; each day anew, since what is in force, listed or late is asked as of a day.
    """
    written = followed.version_of(*kinds)
    values = figures.version if figures else told
    return Fragment(
        "" if written is None or values is None else f"{written} {values} {timezone.localdate()}"
    )
