"""Ledgers that the accounts of the demonstration have brought in from files of their own, as offices do.

By the portal's own import, so that there are batches to look at and to take back. What is brought counts in
no published figure: cases that nobody has accepted, and trainings that nobody has held.
"""

import csv
import datetime
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from communities.models import Person
from seeds.demo.targets import DemoError
from suzhou_portal.accounts.models import User
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit import trail
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.models import Batch
from suzhou_portal.imports.names import AND
from suzhou_portal.imports.registry import ledgers
from suzhou_portal.notices.causes import quietly

WEEK = datetime.timedelta(weeks=1)
# Which file, as whom, and under what name it was sent.
FILES = (
    ("mediation-cases", Role.COMMUNITY, "调解申请登记（纸质台账补录）.csv"),
    ("team-trainings", Role.STREET, "志愿服务队伍培训计划.csv"),
)


def bring_ledgers() -> None:
    """Bring in each file as the account of that role, where there is a demonstration that the records belong
    to. Raises DemoError where one is refused.
    """
    for name, role, called in FILES if Demonstration.objects.exists() else ():
        user = User.objects.filter(is_demo=True, assignments__role=role).first()
        if user is not None:
            _bring(name, user, called)


def forget_ledgers() -> None:
    """Remove what is kept of files that accounts of the demonstration have sent."""
    Batch.objects.filter(user__is_demo=True).delete()


def _bring(name: str, user: User, called: str) -> None:
    ledger = ledgers.get(name)
    data = _csv([ledger.headings, *_rows(name, user, ledger.columns)])
    actor = trail.Actor(id=user.pk, name=str(user), user=user)
    with quietly(), trail.acting(lambda: actor):
        outcome = bring(ledger, data, user, name=called)
    if outcome.problems:
        raise DemoError(f"{called}：{outcome.problems[0]}")


def _rows(name: str, user: User, columns: list[Any]) -> Iterable[list[str]]:
    """The file's lines: those of the vocabulary, in the account's division, a week after each other."""
    area = user.current_assignments[0].area
    people = Person.objects.within(area.code).filter(posts__ended_on=None, posts__isnull=False)
    mediators = AND.join(f"{one.name}#{one.pk}" for one in people.distinct().order_by("pk")[:2])
    path = Path(__file__).parent / "vocabularies" / "ledgers" / f"{name}.csv"
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(csv.DictReader(file), 1):
            said = line | {"area": area.code, "mediators": mediators}
            said |= {"applied_on": str(site_date() - number * WEEK)}
            said |= {"planned_on": str(site_date() + number * WEEK)}
            yield [said.get(column.name, "") for column in columns]


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")
