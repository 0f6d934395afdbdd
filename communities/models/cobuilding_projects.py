"""M1 契约化共建: the list of projects.

A project joins one need to one resource of its own agreement. Composite foreign keys hold that, and
triggers hold that no resource is promised twice (see the migration).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.enums.cobuilding import JOINT_PROJECT, NeedState, SupplyState
from communities.models.cobuilding import CoBuildingNeed, CoBuildingResource, Listed
from suzhou_portal import formats
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, not_negative, unique
from suzhou_portal.fields import Name, PastDay, Prose


class CoBuildingProject(Listed):
    """What unit and community do together: it joins one need to one resource of their agreement."""

    lifecycle = JOINT_PROJECT

    name = Name("项目", max_length=60)
    need = refers_to(CoBuildingNeed, "对应需求", "projects")
    resource = refers_to(CoBuildingResource, "使用资源", "projects")
    quantity = models.DecimalField(
        "使用数量",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="按资源的计量单位；资源不限量的留空。完成或终止时改为实际使用的数量。",
    )
    planned_on = PastDay("拟定日期", default=timezone.localdate)
    started_on = PastDay("开始日期", null=True, blank=True, editable=False)
    ended_on = PastDay("结束日期", null=True, blank=True, editable=False)
    reached = models.PositiveIntegerField("受益人次（人次）", null=True, blank=True)
    result = Prose("成效", blank=True, max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "共建项目"
        ordering = ["area_id", "-planned_on", "pk"]
        constraints = [
            in_order("joint_project_start", "planned_on", "started_on", "开始不能早于拟定。"),
            in_order("joint_project_end", "started_on", "ended_on", "结束不能早于开始。"),
            in_order("joint_project_over", "planned_on", "ended_on", "结束不能早于拟定。"),
            not_negative("joint_project_quantity", "quantity", message="使用数量不能小于0。"),
            check(
                "joint_project_dates_fit_state",
                Q(state="planned", started_on__isnull=True, ended_on__isnull=True)
                | Q(state="under_way", started_on__isnull=False, ended_on__isnull=True)
                | Q(state="completed", started_on__isnull=False, ended_on__isnull=False)
                | Q(state="terminated", ended_on__isnull=False),
                "实施中的项目须有开始日期，结束的须有结束日期。",
            ),
            check(
                "joint_project_completed_with_result",
                ~Q(state="completed") | Q(reached__isnull=False) & ~Q(result=""),
                "完成须写明受益人次和成效。",
            ),
            unique(
                "joint_project_one_a_need",
                "这项需求已有项目，请先终止原项目。",
                "need",
                condition=~Q(state="terminated"),
            ),
        ]

    @property
    def amount(self) -> str:
        """How much of the resource it takes, with its unit; blank where nobody counts it."""
        return "" if self.quantity is None else formats.number(self.quantity) + self.resource.unit

    @property
    def part_of_community(self) -> str:
        """What the community did, for a page: beside the unit, the one party that an agreement has."""
        return f"{self.area}：提出需求“{self.need}”，与{self.agreement.unit}共同实施"

    def clean(self):
        """Both ends lie in the agreement and are free, and the resource suffices."""
        if self.need_id and self.resource_id and self.agreement_id:
            self._check_ends()
            self._check_quantity()

    def _check_ends(self) -> None:
        for name, free in (("need", NeedState.OPEN), ("resource", SupplyState.AVAILABLE)):
            end = getattr(self, name)
            if end.agreement_id != self.agreement_id:
                raise ValidationError({name: f"“{end}”不在这份协议的清单中，请另选。"})
            if self._state.adding and end.state != free:
                state = end.get_state_display()
                raise ValidationError({name: f"“{end}”现在是“{state}”，不能再安排项目。"})

    def _check_quantity(self) -> None:
        left, taken = self.resource.left(beside=self.pk), self.quantity
        if left is None or taken is None:
            if left is not None:
                raise ValidationError({"quantity": "这项资源有数量，请填使用数量。"})
            if taken is not None:
                raise ValidationError({"quantity": "这项资源不限量，使用数量请留空。"})
        elif taken > left:
            text = f"{formats.number(left)}{self.resource.unit}"
            raise ValidationError({"quantity": f"“{self.resource}”只剩{text}可用。"})
