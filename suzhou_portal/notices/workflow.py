"""What goes with time: notices that were read, and what the queue has done."""

import datetime

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from suzhou_portal.nightly import nightly
from suzhou_portal.notices.models import Notice

KEPT = datetime.timedelta(days=14)  # of what the queue did, so that a fault can be looked into


@nightly
def forget_read(day: datetime.date) -> None:
    """Remove what was read long ago, and what the queue has done with."""
    now = timezone.now()
    Notice.objects.filter(read_at__lt=now - datetime.timedelta(days=settings.NOTICE_DAYS)).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
