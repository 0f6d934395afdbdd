"""Long imports, outside the processes that answer requests.

Whoever finds a job that is not over, and nobody at work, starts a process: the request that brought it,
the page on which somebody waits for it, the portal when it starts. At work is who holds a lock of the
database, which is gone as soon as its process is, however that ended. What a killed process had begun
is rolled back, with the note that it is over; the next one begins anew (docs/adr/0015-long-imports.md).
"""

import logging
import subprocess
import sys
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError, connection, transaction

from suzhou_portal.accounts.models import User
from suzhou_portal.audit import trail
from suzhou_portal.files.packages import Package
from suzhou_portal.imports import progress
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.marking import marked
from suzhou_portal.imports.models import Job, forget_old
from suzhou_portal.imports.registry import Ledger

LONG = 256 * 1024  # bytes of a file that one does not wait for
LONG_UNPACKED = 4 * 1024 * 1024
MOST_ATTEMPTS = 3
COMMAND = "carry_out_imports"
BUSY = "您的上一个文件还在处理，请等它结束后再传。"
NOT_ALLOWED = "您现在没有导入这种台账的权限，没有导入。"
GIVEN_UP = f"处理{MOST_ATTEMPTS}次都在中途停止，没有导入；请分成几个文件再传，或联系系统管理员。"
FAILED = "处理时出错，没有导入；请联系系统管理员查看日志。"
PATIENCE = "2s"
_LOCK = "hashtextextended('portal_import_jobs', 0)"
_started: list[subprocess.Popen[bytes]] = []  # the last one that this process has started
_log = logging.getLogger(__name__)


def is_long(upload: UploadedFile) -> bool:
    """Whether reading the file may take longer than somebody waits for a page. Raises ValidationError."""
    size: int = upload.size or 0
    if size > LONG:
        return True
    data = upload.read()
    upload.seek(0)
    return data[:2] == b"PK" and Package(data).unpacked > LONG_UNPACKED


def send(
    ledger: Ledger,
    upload: UploadedFile,
    user: Any,
    *,
    skip: bool,
    trial: bool,
    update: bool = False,
) -> Job:
    """Take a file in, to be brought as the person. Raises ValidationError while another one waits."""
    forget_old()
    actor = trail.current()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Job.objects.filter(user=user, finished_at=None).exists():
            raise ValidationError(BUSY)
        job = Job(
            user=user, ledger=ledger.name, name=(upload.name or "")[:255], skip=skip, trial=trial,
            update=update, address=actor.address, origin=actor.origin,
        )  # fmt: skip
        job.file.save(job.name, upload)
    transaction.on_commit(start)  # a process that looks before finds nothing to do
    return job


def start() -> None:
    """Have what waits carried out, unless somebody is at it already."""
    if _started and _started[-1].poll() is None:  # it has not come to take the lock
        return
    if not Job.objects.filter(finished_at=None).exists() or not _is_free():
        return
    _started[:] = [
        subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            [sys.executable, settings.BASE_DIR / "manage.py", COMMAND],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # what stops the portal leaves it to its work
        )
    ]


def work() -> None:
    """Carry out what waits, one after the other; nothing where somebody is at it already."""
    if not _taken():
        return
    forget_old()
    try:
        for over in Job.objects.filter(finished_at__isnull=False, marked=False):
            over.file.delete(save=False)  # who carried it out was killed before
        while job := Job.objects.filter(finished_at=None).first():
            carry_out(job)
    finally:
        with suppress(OperationalError, InterfaceError):
            _asked(f"SELECT pg_advisory_unlock({_LOCK})")


def carry_out(job: Job) -> None:
    """Bring the file as whoever sent it, with the rights they have now; or say why not."""
    if job.attempts >= MOST_ATTEMPTS:
        job.finish(refused=GIVEN_UP)
    else:
        job.attempts += 1
        job.save(update_fields=["attempts"])
        try:
            _bring(job)
        except ValidationError as error:
            job.finish(refused=error.messages[0])
        except PermissionDenied:
            job.finish(refused=NOT_ALLOWED)
        except (OperationalError, InterfaceError):
            raise  # the database is out of reach: whoever finds the job begins anew
        except Exception:  # noqa: BLE001 - whatever fault of ours it is, the person is told
            _log.exception("import %s", job.pk)
            job.finish(refused=FAILED)
    progress.end()
    _keep_marked(job)


def _keep_marked(job: Job) -> None:
    """The file is not needed any more, but for what is wrong with it: marked, until its job is forgotten."""
    outcome, made = job.result(), None
    if outcome and outcome.may_be_marked:
        try:
            with job.file.open("rb") as file:
                made = marked(job.kind, file.read(), outcome)
        except Exception:  # noqa: BLE001 - the problems are told all the same
            _log.exception("marking import %s", job.pk)
    job.file.delete(save=False)
    if made:
        job.file.save(job.name, ContentFile(made), save=False)
        job.marked = True
        job.save(update_fields=["file", "marked"])


def _bring(job: Job) -> None:
    user = job.user
    if not user.is_active:
        raise PermissionDenied(f"{user.username} may not sign in")
    actor = trail.Actor(user.pk, str(user), job.address, job.origin, user)
    with trail.acting(lambda: actor), transaction.atomic(), job.file.open("rb") as file:
        data = file.read()
        options = {"skip": job.skip, "update": job.update, "trial": job.trial}
        with progress.told_of(job.pk):
            outcome = bring(job.kind, data, user, name=job.name, **options)
        job.finish(outcome)


def _taken() -> bool:
    """Whether the lock is now held here. Waits for as long as somebody needs who only let it go."""
    with suppress(OperationalError), transaction.atomic():
        _asked(f"SELECT set_config('lock_timeout', '{PATIENCE}', true) <> ''")
        _asked(f"SELECT pg_advisory_lock({_LOCK}) IS NULL")
        return True
    return False


def _is_free() -> bool:
    with transaction.atomic():
        return _asked(f"SELECT pg_try_advisory_xact_lock({_LOCK})")


def _asked(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
