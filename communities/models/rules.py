"""M7: the written rules that mechanisms stand on, and emergency plans. Both are kept in versions."""

import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Max, Q

from communities.enums.rules import EMERGENCY_PLAN, RULE_VERSION, PlanKind, ResponseLevel
from communities.models.governance import Mechanism
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import having
from suzhou_portal.months import months_before

MONTHS_BETWEEN_ASSESSMENTS = 12


class Versioned(Staged):
    """A text that is never changed once it is in force but replaced as a whole by a new version.

    `series` names the columns in which the versions of one text agree; `number` counts up in it.
    """

    series: ClassVar[tuple[str, ...]]

    number = models.PositiveSmallIntegerField("版次", editable=False)

    class Meta:
        abstract = True

    def versions(self) -> StagedQuerySet:
        """All versions of this text, itself included."""
        same = {name: getattr(self, name) for name in self.series}
        return type(self)._default_manager.filter(**same)

    def save(self, *args, **kwargs):
        """A new version takes the next number; two people at once take different ones."""
        with transaction.atomic():
            if self.number is None:
                Area.objects.select_for_update(no_key=True).get(pk=self.area_id)
                latest = self.versions().aggregate(latest=Max("number"))["latest"]
                self.number = (latest or 0) + 1
            super().save(*args, **kwargs)


class RuleVersion(Versioned):
    """One version of a mechanism's written rules. At most one of them is in force."""

    lifecycle = RULE_VERSION
    stands_with = "mechanism"
    series = ("mechanism",)

    mechanism = refers_to(Mechanism, "机制", "rules")
    title = Line("名称", max_length=100)
    text = Prose("正文", blank=True, max_length=30_000, help_text="正文已作为附件上传的，可留空。")
    published_on = PastDay("公示日期", null=True, blank=True, editable=False)
    adopted_on = PastDay("通过日期", null=True, blank=True, help_text="表决通过的日期。")
    in_force_from = PlannedDay("施行日期", null=True, blank=True, editable=False)
    repealed_on = PastDay("废止日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "机制制度"
        ordering = ["area_id", "mechanism_id", "-number"]
        constraints = [
            in_order("rule_adopted", "published_on", "adopted_on", "通过日期不能早于公示日期。"),
            in_order("rule_in_force", "adopted_on", "in_force_from", "施行日期不能早于通过日期。"),
            in_order("rule_repealed", "in_force_from", "repealed_on", "废止日期不能早于施行日期。"),
            check(
                "rule_version_dates_fit_state",
                having("draft", blank=("published_on", "in_force_from", "repealed_on"))
                | having("public", filled=("published_on",), blank=("in_force_from", "repealed_on"))
                | having(
                    "in_force",
                    filled=("published_on", "adopted_on", "in_force_from"),
                    blank=("repealed_on",),
                )
                | having(
                    "repealed",
                    filled=("published_on", "adopted_on", "in_force_from", "repealed_on"),
                ),
                "公示、通过、施行和废止日期须与状态相符。",
            ),
            unique("rule_version_number", "该机制已有这一版次的制度。", "mechanism", "number"),
            unique(
                "rule_version_one_in_force",
                "该机制已有施行中的制度。",
                "mechanism",
                condition=Q(state="in_force"),
            ),
        ]

    def __str__(self):
        return f"{self.title}（第{self.number}版）"


class EmergencyPlanQuerySet(StagedQuerySet):
    def in_effect(self, day: datetime.date):
        """Versions that apply on that day."""
        return self.not_yet(day, "repealed_on").until(day, "effective_on")

    def assessment_due(self, day: datetime.date):
        """Versions in effect that nobody has assessed for a year."""
        since = months_before(day, MONTHS_BETWEEN_ASSESSMENTS)
        return self.in_state("in_effect").filter(assessed_on__lte=since)


class EmergencyPlan(Versioned):
    """One version of what a community does in a kind of emergency at a level of response.

    Of one kind and level at most one version applies. Source: 突发事件应对法 article 28, by which
    plans name duties, measures and means, and are revised as circumstances change.
    """

    lifecycle = EMERGENCY_PLAN
    series = ("area", "kind", "level")

    kind = models.CharField("事件类别", max_length=10, choices=PlanKind.choices)
    level = models.CharField("响应级别", max_length=1, choices=ResponseLevel.choices, default="4")
    assembly_place = Line("集结地点", max_length=80)
    shelter = Line("避难场所", max_length=80, blank=True)
    measures = Prose("应对措施", max_length=5_000)
    effective_on = PlannedDay("生效日期", null=True, blank=True, editable=False)
    assessed_on = PastDay("最近评估日期", null=True, blank=True, editable=False)
    assessment = Prose("评估情况", blank=True, max_length=1_000)
    repealed_on = PastDay("废止日期", null=True, blank=True, editable=False)

    objects: ClassVar = EmergencyPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "应急预案"
        ordering = ["area_id", "kind", "level", "-number"]
        constraints = [
            in_order("plan_assessed", "effective_on", "assessed_on", "评估日期不能早于生效日期。"),
            in_order("plan_repealed", "effective_on", "repealed_on", "废止日期不能早于生效日期。"),
            placed(
                "emergency_plan_stands_at_community",
                "应急预案由社区编制：请选择社区。",
                Level.COMMUNITY,
            ),
            check(
                "emergency_plan_dates_fit_state",
                having(
                    "drafting", "in_review", blank=("effective_on", "assessed_on", "repealed_on")
                )
                | having(
                    "in_effect",
                    "revising",
                    filled=("effective_on", "assessed_on"),
                    blank=("repealed_on",),
                )
                | Q(state="repealed", effective_on__isnull=False, repealed_on__isnull=False),
                "生效、评估和废止日期须与状态相符。",
            ),
            unique(
                "emergency_plan_number",
                "该社区已有这一版次的预案。",
                "area",
                "kind",
                "level",
                "number",
            ),
            unique(
                "emergency_plan_one_in_effect",
                "该社区已有同类别、同级别的生效预案。",
                "area",
                "kind",
                "level",
                condition=Q(state__in=["in_effect", "revising"]),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}{self.get_level_display()}预案（第{self.number}版）"


class EmergencyContact(AreaRecord):
    """Who holds a duty of a plan. People change more often than plans, so it stays open to change, but
    while somebody reviews the plan.
    """

    stands_with = "plan"
    written_while = ("drafting", "in_effect", "revising")

    plan = refers_to(EmergencyPlan, "预案", "contacts", on_delete=models.CASCADE)
    duty = Line("岗位职责", max_length=40)
    name = PersonName("姓名", max_length=30)
    phone = Phone("电话", max_length=20)

    masked: ClassVar = {"name": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("name", "phone")
    used_until = "plan__repealed_on"
    called = "duty"

    class Meta:
        verbose_name = verbose_name_plural = "预案联络岗位"
        ordering = ["plan_id", "pk"]
        constraints = [
            unique("emergency_contact_one_a_duty", "该预案已有这一岗位。", "plan", "duty"),
        ]
