"""What was run for the portal."""

import datetime

from factory.django import DjangoModelFactory

from suzhou_portal.service.models import RunKind, ServiceRun
from tests.factories import BEGUN

AT = datetime.datetime.combine(BEGUN, datetime.time(2), datetime.UTC)


class ServiceRunFactory(DjangoModelFactory):
    class Meta:
        model = ServiceRun

    kind = RunKind.BACKUP
    started_at = AT
    finished_at = AT + datetime.timedelta(minutes=1)
    ok = True
    detail = "已备份"
