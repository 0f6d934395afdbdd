"""What else happens when a smart-community pilot moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import SmartPilot
from suzhou_portal.lifecycle.moves import before


@before(SmartPilot, "try_out")
def _something_to_try(pilot: SmartPilot, by: Any, on: datetime.date) -> None:
    if not pilot.devices.installed(on).exists():
        raise ValidationError("试运行前请先登记已经安装的设备或应用。")


@before(SmartPilot, "rework")
def _no_longer_on_trial(pilot: SmartPilot, by: Any, on: datetime.date) -> None:
    pilot.trial_on = None
