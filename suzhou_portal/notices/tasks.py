"""What the queue's worker does. A task that was begun and not finished is begun again (`working.py`)."""

import datetime

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from suzhou_portal.notices import mailing, takers

LATER = datetime.timedelta(minutes=15)


@task(takes_context=True)
def tell_takers(context: TaskContext, label: str, pk: int, by: int | None, moved: bool) -> None:
    """Tell those for whom the record waits, but for the account by which it came to (`takers.told`). All of
    it once: that it is done is committed with it.
    """
    with transaction.atomic():
        takers.told(apps.get_model(label), pk, by, moved=moved)
        if settings.SENDS_MAIL:
            post_due.enqueue()
        DBTaskResult.objects.filter(pk=context.task_result.id).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now()
        )


@task()
def post_due() -> None:
    """Send mail to whom it is due; what must wait, or could not be sent, is tried again later."""
    if mailing.post() and not _is_planned():
        post_due.using(run_after=timezone.now() + LATER).enqueue()


def _is_planned() -> bool:
    later = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__gt=timezone.now())
    return later.filter(task_path=post_due.module_path, run_after__year__lt=9999).exists()
