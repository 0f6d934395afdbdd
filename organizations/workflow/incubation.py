"""What steps of an organization in incubation check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.models import Incubatee
from suzhou_portal.lifecycle.moves import before


@before(Incubatee, "graduate", "withdraw")
def leave_after_all_services(incubatee: Incubatee, by: Any, on: datetime.date) -> None:
    """Refuse a day before a service that was given."""
    if incubatee.deliveries.filter(delivered_on__gt=on).exists():
        raise ValidationError({"left_on": "这一天以后还有孵化服务记录，请核对日期。"})
