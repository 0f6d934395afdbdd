"""Records with a lifecycle, and the history of their steps."""

import datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from suzhou_portal.areas.models import Area, AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import by_another, unique
from suzhou_portal.lifecycle.table import Lifecycle, Move, StateField

UNDO = "undo"  # the verb under which history keeps that a step was taken back
# That what the record names was merged into another one, which it names since: no step, its state stays.
MERGED = "merged"


class StagedQuerySet(AreaRecordQuerySet):
    def open(self):
        """Records of which something is still expected."""
        return self.filter(state__in=self.model.lifecycle.open)  # type: ignore[attr-defined]

    def in_state(self, *states: str):
        return self.filter(state__in=states)


class Staged(AreaRecord):
    """A record with a lifecycle. Each kind declares its table as `lifecycle`; its states follow."""

    lifecycle: ClassVar[Lifecycle]
    derived: ClassVar[tuple[str, ...]] = ()  # columns that follow from other records, at any time
    # Relations to records that rest on this one: with one that did not come to nothing, it is decided.
    settled_by: ClassVar[tuple[str, ...]] = ()
    moves_with: ClassVar[tuple[str, ...]] = ()  # relations on which it depends which steps are open

    state = StateField("状态", max_length=20, editable=False)
    get_state_display: ClassVar[Any]

    objects: ClassVar = StagedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        """How the state's pill is coloured."""
        return self.lifecycle.tone(self.state)

    @property
    def moves(self) -> list[Move]:
        """The steps that may be taken now."""
        return self.lifecycle.moves_from(self.state)

    @property
    def may_change(self) -> bool:
        """Whether its content is open to correction; else only a step changes it."""
        return self.state in self.lifecycle.open_in and not (self.pk and self._rested_on())

    def _rested_on(self) -> bool:
        return any(
            getattr(self, name).exclude(state__in=self.came_to_nothing(name)).exists()
            for name in self.settled_by
        )

    @classmethod
    def came_to_nothing(cls, relation: str) -> tuple[str, ...]:
        """The states in which a record of that relation rests on this one no more."""
        resting: Any = cls._meta.get_field(relation).related_model
        return tuple(str(state) for state in resting.lifecycle.bad)

    @property
    def begun_on(self) -> datetime.date | None:
        """Since when there is anything to take a step on, as the record says; None where it says nothing."""
        begun = getattr(self, self.lifecycle.begins, None) if self.lifecycle.begins else None
        return timezone.localdate(begun) if isinstance(begun, datetime.datetime) else begun

    def dated_remark(self, day: datetime.date) -> str:
        """What follows from the date and no step tells, such as 已到期; blank where nothing does."""
        return ""

    def steps(self):
        """Its history, latest first."""
        return Step.objects.filter(model=self._meta.label_lower, object_id=self.pk)


class Author(models.Model):
    """Somebody who wrote any part of a record that others approve; kept by the database's triggers.

    Record and account are numbers, since this outlives both.
    """

    model = models.CharField("记录类别", max_length=100)
    object_id = models.BigIntegerField("记录编号")
    user = models.BigIntegerField("账号编号")

    audited = False  # the trail tells it too

    class Meta:
        verbose_name = verbose_name_plural = "填写人"
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id", "user"], name="author_once")
        ]

    def __str__(self):
        return f"{self.model} {self.object_id} {self.user}"


class Step(models.Model):
    """One step a record took. Record and person are kept as text too, since history outlives both."""

    model = models.CharField("记录类别", max_length=100)
    object_id = models.BigIntegerField("记录编号")
    area = refers_to(Area, "所属地区", "+")
    verb = models.CharField("步骤", max_length=30)
    label = models.CharField("步骤名称", max_length=30)
    before = models.CharField("原状态", max_length=20)
    after = models.CharField("新状态", max_length=20)
    note = models.CharField("说明", max_length=500, blank=True)
    # By field: what it was and what it became; None of what is personal, which may have to be blanked.
    changes = models.JSONField("变化", default=dict, blank=True, encoder=DjangoJSONEncoder)
    taken_on = models.DateField("日期")
    taken_at = models.DateTimeField("记录时间", auto_now_add=True)
    by = account("办理人", on_delete=models.SET_NULL, db_index=False, editable=True)
    by_name = models.CharField("办理人姓名", max_length=60, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    stamped = "taken_at"

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["-taken_on", "-pk"]
        indexes = [models.Index(fields=["model", "object_id"], name="step_record")]

    def __str__(self):
        return f"{self.label} {self.taken_on}"


class Amendment(AreaRecord):
    """A change of something approved that somebody asks for, and somebody else accepts or refuses.

    `changes` is by field what it is and what it shall become, `reason` why. It stands where its record does.
    """

    model = models.CharField("记录类别", max_length=100)
    object_id = models.BigIntegerField("记录编号")
    verb = models.CharField("步骤", max_length=30)
    label = models.CharField("步骤名称", max_length=30)
    changes = models.JSONField("变化", encoder=DjangoJSONEncoder)
    reason = models.CharField("理由", max_length=500)
    decided_by = account("决定人", on_delete=models.SET_NULL, db_index=False)
    decided_at = models.DateTimeField("决定时间", null=True, editable=False)
    accepted = models.BooleanField("同意", null=True, editable=False)
    answer = models.CharField("答复", max_length=500, blank=True, editable=False)

    called = "label"

    class Meta:
        verbose_name = verbose_name_plural = "变更申请"
        ordering = ["-pk"]
        constraints = [
            unique(
                "amendment_one_at_a_time", "这条记录还有没有决定的变更申请。",
                "model", "object_id", condition=models.Q(accepted__isnull=True),
            ),
            by_another(
                "amendment_decided_by_another", "decided_by", "entered_by",
                "变更须由提出人以外的人决定。",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["model", "object_id"], name="amendment_record")]
