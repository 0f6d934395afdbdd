"""M4 智慧社区试点: what a community pilots, the devices and applications it runs, and their faults."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from communities.enums.pilots import DEVICE_FAULT, SMART_PILOT, DeviceKind, FaultState
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, placed, unique
from suzhou_portal.fields import Line, Name, PastDay, Prose
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet

MOST_DEVICES = 1_000  # of one kind in a community that go without saying
AT_LEAST_ONE = "数量至少为1。"


class SmartPilot(Staged):
    """A smart-community pilot of one community, from application to regular use."""

    name = Name("试点名称", max_length=60)
    content = Prose("建设内容", max_length=1000, help_text="解决什么问题，建什么。")
    applied_on = PastDay("申报日期", default=timezone.localdate)
    approved_on = PastDay("批准日期", null=True, blank=True, editable=False)
    building_on = PastDay("开工日期", null=True, blank=True, editable=False)
    trial_on = PastDay("试运行日期", null=True, blank=True, editable=False)
    findings = Prose("验收意见", max_length=1000, blank=True)
    accepted_on = PastDay("验收日期", null=True, blank=True, editable=False)
    running_on = PastDay("正式运行日期", null=True, blank=True, editable=False)
    stopped_on = PastDay("停止运行日期", null=True, blank=True, editable=False)

    lifecycle = SMART_PILOT

    class Meta:
        verbose_name = verbose_name_plural = "智慧社区试点"
        ordering = ["area_id", "-applied_on", "pk"]
        constraints = [
            in_order("pilot_approved", "applied_on", "approved_on", "批准日期不能早于申报日期。"),
            in_order("pilot_building", "approved_on", "building_on", "开工日期不能早于批准日期。"),
            in_order("pilot_trial", "building_on", "trial_on", "试运行日期不能早于开工日期。"),
            in_order("pilot_accepted", "trial_on", "accepted_on", "验收日期不能早于试运行日期。"),
            in_order(
                "pilot_running", "accepted_on", "running_on", "正式运行日期不能早于验收日期。"
            ),
            in_order("pilot_stopped", "running_on", "stopped_on", "停止日期不能早于正式运行日期。"),
            check(
                "pilot_approved_before_work",
                Q(state__in=["applied", "refused"], approved_on__isnull=True)
                | ~Q(state__in=["applied", "refused"]) & Q(approved_on__isnull=False),
                "试点须经批准才能建设和运行。",
            ),
            check(
                "pilot_accepted_before_use",
                ~Q(state__in=["accepted", "running", "stopped"])
                | Q(accepted_on__isnull=False) & ~Q(findings=""),
                "试点须验收通过、写明验收意见才能正式运行。",
            ),
            placed(
                "pilot_stands_at_community", "智慧社区试点属于社区：请选择社区。", Level.COMMUNITY
            ),
            unique(
                "pilot_once",
                "该社区已申报同名试点。",
                "area",
                "name",
                condition=~Q(state="refused"),
            ),
        ]


class SmartDeviceQuerySet(AreaRecordQuerySet):
    def installed(self, day: datetime.date):
        """Devices and applications in place on that day, of pilots approved by then."""
        return self.until(day, "pilot__approved_on").open_on(day, "installed_on", "removed_on")

    def working(self, day: datetime.date):
        """Those of them that had no fault on that day that was not yet repaired then."""
        faults = DeviceFault.objects.filter(device=OuterRef("pk")).until(day, "reported_on")
        return self.installed(day).exclude(Exists(faults.not_yet(day, "repaired_on")))


class SmartDevice(Reasoned, AreaRecord):
    """Devices of one kind, or an application, that a pilot runs: they work unless a fault is open."""

    stands_with = "pilot"

    pilot = refers_to(SmartPilot, "试点", "devices", on_delete=models.CASCADE)
    kind = models.CharField("类别", max_length=12, choices=DeviceKind.choices)
    name = Name("名称", max_length=60)
    quantity = models.PositiveIntegerField(
        "数量（台套）", default=1, validators=[MinValueValidator(1, AT_LEAST_ONE)]
    )
    installed_on = PastDay("安装日期", default=timezone.localdate)
    removed_on = PastDay("拆除日期", null=True, blank=True)

    objects: ClassVar = SmartDeviceQuerySet.as_manager()
    plausible: ClassVar = {"quantity": MOST_DEVICES}

    class Meta:
        verbose_name = verbose_name_plural = "智慧设备和应用"
        ordering = ["area_id", "kind", "pk"]
        constraints = [
            in_order("device_removed", "installed_on", "removed_on", "拆除日期不能早于安装日期。"),
            check("device_at_least_one", Q(quantity__gte=1), AT_LEAST_ONE),
        ]

    @property
    def condition(self) -> str:
        """Whether they work, in a word, and since when not; of prefetched faults without a query."""
        if self.removed_on:
            return "已拆除"
        since = [one.reported_on for one in self.faults.all() if one.state == FaultState.OPEN]
        return f"故障（{date(min(since))}起）" if since else "正常"

    @property
    def fault_count(self) -> int:
        """How many faults it has had; of prefetched ones without a query."""
        return len(self.faults.all())


class DeviceFaultQuerySet(StagedQuerySet):
    def to_repair(self):
        """Faults of what is still in place."""
        return self.open().filter(device__removed_on__isnull=True)


class DeviceFault(Staged):
    """What was wrong with a device or application, from the report to the repair. It is kept."""

    lifecycle = DEVICE_FAULT
    stands_with = "device"

    device = refers_to(SmartDevice, "设备或应用", "faults")
    reported_on = PastDay("发现日期", default=timezone.localdate)
    what = Line("故障情况", max_length=200)
    repaired_on = PastDay("修复日期", null=True, blank=True, editable=False)
    repaired_by = Name("维修单位或人员", max_length=60, blank=True)
    remedy = Prose("怎样修复", max_length=1000, blank=True)

    objects: ClassVar = DeviceFaultQuerySet.as_manager()
    called = "what"

    class Meta:
        verbose_name = verbose_name_plural = "设备故障"
        ordering = ["device_id", "-reported_on", "-pk"]
        constraints = [
            in_order("fault_repaired", "reported_on", "repaired_on", "修复日期不能早于发现日期。"),
            check(
                "fault_repaired_by_somebody",
                Q(state="repaired", repaired_on__isnull=False) & ~Q(repaired_by="") & ~Q(remedy="")
                | Q(state="open", repaired_on__isnull=True),
                "修复须有日期，并写明由谁、怎样修复。",
            ),
        ]

    def clean(self):
        """It shows while the device is in place."""
        super().clean()
        device = self.above
        if device is None or self.reported_on is None:
            return
        if self.reported_on < device.installed_on:
            raise ValidationError({"reported_on": "发现日期不能早于安装日期。"})
        if device.removed_on and self.reported_on > device.removed_on:
            raise ValidationError({"reported_on": "设备已在此前拆除。"})
