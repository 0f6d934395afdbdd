"""What steps of smart-community pilots check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import SmartPilot
from suzhou_portal.lifecycle.moves import before


@before(SmartPilot, "try_out")
def try_what_is_installed(pilot: SmartPilot, by: Any, on: datetime.date) -> None:
    """Refuse where no device or application is installed by that day."""
    if not pilot.devices.installed(on).exists():
        raise ValidationError("试运行前请先登记已经安装的设备或应用。")
