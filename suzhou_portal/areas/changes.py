"""What was decided of divisions: each act with its day, its document and who entered it."""

import datetime

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.enums import ENDING, FOUNDING, ChangeKind
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import check, unique
from suzhou_portal.fields import DocumentNumber, Name, PlannedDay
from suzhou_portal.formats import date

_NAMES_ANOTHER = Q(kind__in=[ChangeKind.MERGED, ChangeKind.SPLIT])
_UPHELD = Q(withdrawn_at__isnull=True)


class DivisionChangeQuerySet(models.QuerySet):
    """Acts, filtered by the divisions they are about."""

    def upheld(self):
        """Those that nobody withdrew."""
        return self.filter(_UPHELD)

    def about(self, area: Area):
        """Those about the division itself, and those that formed others of it or merged others in it."""
        near = self.upheld().filter(Q(area=area) | Q(other=area))
        return near.select_related("area", "other")


class DivisionChange(models.Model):
    """A dated act about one division: 设立, 更名, 并入, 分设 or 撤销. Only ever added, or withdrawn.

    What is decided at once, as the parts of a divided one, has one number (`act`), and the first row says
    what it `changed` (`accounts.acts`): the rows of divisions and of accounts before and after. A division
    whose founding was withdrawn has never been, and only `name_after` tells of it.
    """

    kind = models.CharField("变更方式", max_length=10, choices=ChangeKind.choices)
    area = refers_to(Area, "区划", "changes", null=True)
    other = refers_to(Area, "有关区划", "changes_of_others", optional=True)
    effective_on = PlannedDay("生效日期")
    document = DocumentNumber("文号或依据", max_length=100)
    name_before = Name("原名", max_length=60, blank=True)
    name_after = Name("名称", max_length=60)
    decided_by = account("办理人", on_delete=models.SET_NULL, db_index=False)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    act = models.UUIDField("办理编号", null=True, editable=False)
    changed = models.JSONField("改动", null=True, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, editable=False)
    withdrawn_by = account("撤回人", on_delete=models.SET_NULL, db_index=False)

    objects = DivisionChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区划变更"
        ordering = ["-effective_on", "-pk"]
        default_permissions = ("add", "view")
        constraints = [
            unique(
                "division_ends_once", "这个区划已经撤销或并入。", "area",
                condition=Q(kind__in=ENDING) & _UPHELD,
            ),
            unique(
                "division_begins_once", "这个区划已经设立。", "area",
                condition=Q(kind__in=FOUNDING) & _UPHELD,
            ),
            check(
                "change_names_its_division",
                Q(area__isnull=False) | Q(kind__in=FOUNDING, withdrawn_at__isnull=False),
                "区划变更须写明区划；撤回设立的除外。",
            ),
            check(
                "change_names_another",
                _NAMES_ANOTHER & Q(other__isnull=False) | ~_NAMES_ANOTHER & Q(other__isnull=True),
                "并入和分设须写明有关区划，其他方式不写。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{date(self.effective_on)}{self.said}"

    @property
    def said(self) -> str:
        """What was done, as one clause."""
        name, other = self.name_after, self.other
        return {
            ChangeKind.FOUNDED: f"设立{name}",
            ChangeKind.RENAMED: f"{self.name_before}更名为{name}",
            ChangeKind.MERGED: f"撤销{name}，并入{other}",
            ChangeKind.SPLIT: f"由{other}分设{name}",
            ChangeKind.ABOLISHED: f"撤销{name}",
        }[ChangeKind(self.kind)]


def name_on(area: Area, day: datetime.date) -> str:
    """What the division was called on that day."""
    renamed = area.changes.upheld().filter(kind=ChangeKind.RENAMED, effective_on__gt=day)
    later = renamed.order_by("effective_on", "pk").first()
    return later.name_before if later else area.name
