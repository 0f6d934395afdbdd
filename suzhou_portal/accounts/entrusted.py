"""What a person is entrusted with, as a key: by it what was made for them is known again."""

from collections.abc import Hashable
from typing import Any


def entrusted(user: Any) -> Hashable:
    """What the person may do follows from this, and from the divisions that ended."""
    held = ((a.role, a.area_id, a.organization_id, a.team_id) for a in user.current_assignments)
    return user.pk, user.is_superuser, *held
