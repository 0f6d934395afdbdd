"""What else holds when a training takes a step."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from suzhou_portal.lifecycle.moves import before
from volunteers.models import TeamTraining


@before(TeamTraining, "hold")
def _somebody_came(training: TeamTraining, by: Any, on: datetime.date) -> None:
    if not training.attendances.exists():
        raise ValidationError("请先登记到场的队伍和人数。")
