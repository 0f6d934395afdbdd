"""Noting in the database what a run came to, whether it succeeded or not."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from suzhou_portal.service.models import RunKind, ServiceRun

_log = logging.getLogger(__name__)


@dataclass
class RunOutcome:
    """What there is to tell of a run, filled in while it goes on."""

    detail: str = ""
    path: Path | None = None


@contextmanager
def noted(kind: RunKind) -> Iterator[RunOutcome]:
    """Note the run when it is over. A database out of reach leaves a line in the log, and no error
    beside that of the run itself.
    """
    outcome, begun = RunOutcome(), timezone.now()
    try:
        yield outcome
    except BaseException as error:
        outcome.detail = str(error) or type(error).__name__
        _note(ServiceRun(kind=kind, started_at=begun, ok=False), outcome)
        raise
    _note(ServiceRun(kind=kind, started_at=begun, ok=True), outcome)


def latest(kind: RunKind, *, succeeded: bool = False) -> ServiceRun | None:
    """The last run of this kind, or the last that succeeded; None before the first. Raises DatabaseError."""
    runs = ServiceRun.objects.filter(kind=kind)
    return (runs.filter(ok=True) if succeeded else runs).first()


def _note(run: ServiceRun, outcome: RunOutcome) -> None:
    file = outcome.path
    run.finished_at, run.detail = timezone.now(), outcome.detail
    run.path = str(file or "")
    run.bytes = file.stat().st_size if file and file.is_file() else None
    try:
        run.save()
    except DatabaseError as error:
        _log.error("what came of %s could not be noted: %s", run.kind, str(error).splitlines()[0])
