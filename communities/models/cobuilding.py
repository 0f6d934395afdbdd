"""M1 契约化共建: an agreement with a unit, and its three lists; a project joins a need to a resource."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from communities.enums import AGREEMENT, COBUILDING, NEED, AgreementState, ResourceKind
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import in_order, not_negative, stands_at
from suzhou_portal.audit.enums import Mask
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import known_state, state_field

IN_FORCE = (AgreementState.SIGNED, AgreementState.RENEWED)


class AgreementQuerySet(StagedQuerySet):
    """Agreements."""

    def in_force(self, day: datetime.date):
        """Those signed whose term runs on that day."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            signed_on__lte=day,
            valid_from__lte=day,
            valid_to__gte=day,
        )

    def ending(self, day: datetime.date, by: datetime.date):
        """Those in force on that day whose term is over by then."""
        return self.in_force(day).filter(valid_to__lte=by)

    def past_use(self, day: datetime.date):
        """Those over before that day."""
        return self.filter(Q(ended_on__lt=day) | Q(valid_to__lt=day))


class CoBuildingAgreement(Staged):
    """What a unit and a community promise each other for a term."""

    lifecycle = AGREEMENT

    unit = models.CharField("共建单位", max_length=60)
    contact = models.CharField("单位联系人", max_length=30, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    summary = models.TextField("共建内容", max_length=1000)
    signed_on = models.DateField("签订日期", null=True, editable=False)
    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_to = models.DateField("到期日期", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, editable=False)
    state = state_field(AGREEMENT)

    objects: ClassVar = AgreementQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}

    class Meta:
        verbose_name = verbose_name_plural = "共建协议"
        ordering = ["area_id", "-pk"]
        constraints = [
            known_state("agreement_state", AGREEMENT),
            in_order("agreement_term", "valid_from", "valid_to", "到期日期不能早于生效日期。"),
            in_order("agreement_ended", "signed_on", "ended_on", "终止日期不能早于签订日期。"),
            models.CheckConstraint(
                name="agreement_signed_has_term",
                condition=~Q(state__in=IN_FORCE)
                | Q(signed_on__isnull=False, valid_from__isnull=False, valid_to__isnull=False),
                violation_error_message="签订的协议须有签订日期和起止日期。",
            ),
            models.CheckConstraint(
                name="agreement_stands_at_community",
                condition=stands_at(Level.COMMUNITY),
                violation_error_message="共建协议由社区签订：请选择社区。",
            ),
        ]

    def __str__(self):
        return f"{self.unit}共建协议"


class CoBuildingNeed(Staged):
    """What the community needs: the first list."""

    lifecycle = NEED

    agreement = models.ForeignKey(
        CoBuildingAgreement, models.PROTECT, related_name="needs", verbose_name="共建协议"
    )
    title = models.CharField("需求", max_length=60)
    description = models.TextField("说明", max_length=500, blank=True)
    state = state_field(NEED)

    class Meta:
        verbose_name = verbose_name_plural = "共建需求"
        ordering = ["area_id", "-pk"]
        constraints = [
            known_state("need_state", NEED),
            # Lets a project refer to need and agreement together (see its migration).
            models.UniqueConstraint(fields=["id", "agreement"], name="need_id_and_agreement"),
        ]

    def __str__(self):
        return self.title


class ResourceQuerySet(AreaRecordQuerySet):
    """What units offer."""

    def offered(self, day: datetime.date):
        """What is offered under an agreement in force on that day."""
        return self.filter(agreement__in=CoBuildingAgreement.objects.in_force(day))


class CoBuildingResource(AreaRecord):
    """What the unit offers: the second list. With a quantity, no more than that is promised."""

    agreement = models.ForeignKey(
        CoBuildingAgreement, models.PROTECT, related_name="resources", verbose_name="共建协议"
    )
    kind = models.CharField("类别", max_length=10, choices=ResourceKind.choices)
    title = models.CharField("资源", max_length=60)
    quantity = models.PositiveIntegerField("数量", null=True, blank=True)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    promised = models.PositiveIntegerField("已安排数量", default=0, editable=False)

    objects: ClassVar = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "共建资源"
        ordering = ["area_id", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "agreement"], name="resource_id_and_agreement"),
            models.CheckConstraint(
                name="resource_not_promised_twice",
                condition=Q(quantity__isnull=True) | Q(promised__lte=F("quantity")),
                violation_error_message="安排的数量超过了资源的数量。",
            ),
        ]

    def __str__(self):
        return self.title


class CoBuildingProjectQuerySet(StagedQuerySet):
    """Co-building projects."""

    def begun(self, day: datetime.date):
        """Those begun by that day."""
        return self.filter(started_on__lte=day)

    def finished(self, day: datetime.date):
        """Those finished by that day."""
        return self.filter(finished_on__lte=day)


class CoBuildingProject(Staged):
    """The third list: a project joins one need to one resource of the same agreement.

    Composite foreign keys hold that need and resource are of this agreement (see the migration).
    """

    lifecycle = COBUILDING

    agreement = models.ForeignKey(
        CoBuildingAgreement, models.PROTECT, related_name="projects", verbose_name="共建协议"
    )
    title = models.CharField("项目", max_length=60)
    need = models.ForeignKey(
        CoBuildingNeed, models.PROTECT, related_name="projects", verbose_name="对应需求"
    )
    resource = models.ForeignKey(
        CoBuildingResource, models.PROTECT, related_name="projects", verbose_name="使用资源"
    )
    quantity = models.PositiveIntegerField(
        "使用数量", null=True, blank=True, help_text="资源有数量的须填写。"
    )
    started_on = models.DateField("开始日期", null=True, editable=False)
    finished_on = models.DateField("完成日期", null=True, editable=False)
    outcome = models.TextField("成效", max_length=500, blank=True)
    state = state_field(COBUILDING)

    objects: ClassVar = CoBuildingProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "共建项目"
        ordering = ["area_id", "-pk"]
        constraints = [
            known_state("cobuilding_state", COBUILDING),
            in_order("cobuilding_dates", "started_on", "finished_on", "完成日期不能早于开始日期。"),
            not_negative("cobuilding_quantity", "quantity", message="数量不能小于0。"),
            models.CheckConstraint(
                name="cobuilding_done_with_outcome",
                condition=~Q(state="done") | Q(finished_on__isnull=False) & ~Q(outcome=""),
                violation_error_message="完成的项目须写明成效。",
            ),
            models.UniqueConstraint(
                fields=["need"],
                condition=~Q(state="dropped"),
                name="cobuilding_one_for_a_need",
                violation_error_message="该需求已有对应的项目。",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Need and resource are of the agreement; a counted resource says how much is used."""
        if self.need_id is None or self.resource_id is None:
            return  # said at the field already
        for name, other in (("need", self.need), ("resource", self.resource)):
            if other.agreement_id != self.agreement_id:
                raise ValidationError({name: "不是这份协议的需求或资源。"})
        if self.resource.quantity is not None and not self.quantity:
            raise ValidationError({"quantity": "这项资源有数量，请填写使用多少。"})
