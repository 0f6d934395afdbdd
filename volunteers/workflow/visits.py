"""What else happens when a resident's need takes a step."""

import datetime
from typing import Any

from suzhou_portal.lifecycle.moves import before
from volunteers.models import ResidentNeed


@before(ResidentNeed, "redo")
def _not_handled_yet(need: ResidentNeed, by: Any, on: datetime.date) -> None:
    need.handled_on = None
