"""What steps of mediation cases fill in besides."""

import datetime
from typing import Any

from communities.models import MediationCase
from communities.models.mediation import last_day_to_confirm
from suzhou_portal.lifecycle.moves import before


@before(MediationCase, "agree")
def count_days_to_confirm(case: MediationCase, by: Any, on: datetime.date) -> None:
    """Fill in until when both parties may ask the court to confirm their agreement."""
    case.confirm_by = last_day_to_confirm(on)
