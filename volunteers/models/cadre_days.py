"""M20 我当一天网格员, 我在社区上一天班: a cadre's day, and the problems found on it."""

import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from communities.enums.grids import EventKind
from communities.models import GridEvent
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, stands_at, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from volunteers.enums.cadre_days import CADRE_DAY, CadreDayKind, CadreDayState


class CadreDayQuerySet(StagedQuerySet):
    def past_use(self, day: datetime.date):
        """Cadres' days worked, or planned, before that day."""
        return self.filter(Q(done_on__lt=day) | Q(done_on__isnull=True, planned_on__lt=day))


class CadreDay(Staged):
    """A day on which a cadre works as a grid worker or in a community, from sign-up to record."""

    lifecycle = CADRE_DAY

    kind = models.CharField(
        "活动", max_length=10, choices=CadreDayKind.choices, default=CadreDayKind.GRID
    )
    unit = Name("单位", max_length=60)
    name = PersonName("干部姓名", max_length=30)
    phone = Phone("联系电话", max_length=20, blank=True)
    planned_on = PlannedDay("约定日期")
    host = PersonName("带教人", max_length=30, blank=True, help_text="当天由谁带。")
    diary = Prose("当天情况", max_length=1000, blank=True, help_text="做了什么，有何感受。")
    done_on = PastDay("完成日期", null=True, blank=True, editable=False)

    objects: ClassVar = CadreDayQuerySet.as_manager()
    masked: ClassVar = {"name": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("name", "phone")

    class Meta:
        verbose_name = verbose_name_plural = "干部一日体验"
        ordering = ["-planned_on", "-pk"]
        constraints = [
            in_order("cadre_day_done", "planned_on", "done_on", "完成日期不能早于约定日期。"),
            check(
                "cadre_day_done_with_record",
                Q(state="done", done_on__isnull=False) & ~Q(diary="")
                | ~Q(state="done") & Q(done_on__isnull=True),
                "完成须有日期和当天情况。",
            ),
            check(
                "cadre_day_level_fits_kind",
                Q(kind=CadreDayKind.GRID) & stands_at(Level.GRID)
                | Q(kind=CadreDayKind.COMMUNITY) & stands_at(Level.COMMUNITY),
                "当网格员请选择网格，在社区上班请选择社区。",
            ),
            unique(
                "cadre_day_once",
                "这名干部这一天已经报名。",
                "unit",
                "name",
                "planned_on",
                condition=~Q(state="cancelled") & ~Q(name=""),
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.get_kind_display()}"


class CadreFinding(AreaRecord):
    """A problem found on a cadre's day. It is a grid event from the moment it is written down."""

    stands_with = "day"
    written_while = (CadreDayState.ARRANGED, CadreDayState.DONE)

    day = refers_to(CadreDay, "干部一日体验", "findings", on_delete=models.CASCADE)
    kind = models.CharField("类别", max_length=15, choices=EventKind.choices)
    title = Line("问题", max_length=60)
    place = Line("地点", max_length=80)
    description = Line("情况", max_length=500, blank=True)
    found_on = PastDay("发现日期", default=timezone.localdate, editable=False)
    event = models.OneToOneField(
        GridEvent,
        models.PROTECT,
        editable=False,
        related_name="cadre_finding",
        verbose_name="网格事件",
    )
    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "发现的问题"
        ordering = ["day_id", "pk"]

    @transaction.atomic
    def save(self, *args, **kwargs):
        """It goes the way of every grid event."""
        if self.event_id is None:
            with vouched(self):
                self.event = GridEvent.objects.create(
                    area=self.area, kind=self.kind, title=self.title, place=self.place,
                    description=self.description, reported_on=self.found_on, is_demo=self.is_demo,
                )  # fmt: skip
        super().save(*args, **kwargs)
