"""What else happens when an organization in incubation moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.models import Incubatee
from suzhou_portal.lifecycle.moves import before


@before(Incubatee, "graduate", "withdraw")
def _nothing_given_later(incubatee: Incubatee, by: Any, on: datetime.date) -> None:
    if incubatee.deliveries.filter(delivered_on__gt=on).exists():
        raise ValidationError({"left_on": "这一天以后还有孵化服务记录，请核对日期。"})
