"""What else happens when a grid event moves."""

import datetime
from typing import Any

from communities.models import GridEvent
from suzhou_portal.lifecycle.moves import before


@before(GridEvent, "reopen")
def _no_longer_closed(event: GridEvent, by: Any, on: datetime.date) -> None:
    event.closed_on = None
