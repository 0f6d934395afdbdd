"""M14 公益类注册绿色通道 and M15 街道备案: how one organization comes onto the register, and off it."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone

from organizations.enums.base import OrganizationKind
from organizations.enums.registration import FILING, REGISTRATION
from organizations.models.register import SocialOrganization
from suzhou_portal.accounts.guard import may
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, stands_at, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.calendars.workdays import Deadline, Taken
from suzhou_portal.fields import (
    Code,
    CreditCode,
    Line,
    Name,
    PastDay,
    PersonName,
    Phone,
    PlannedDay,
    Prose,
)
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet

# 《社会团体登记管理条例》第十二条、《民办非企业单位登记管理暂行条例》第十一条: decided within 60 days
# of complete documents; counted in working days, as 行政许可法第八十二条 counts those of licences.
STATUTORY_DAYS = 60
PROMISED_DAYS = 20  # working days the green channel aims at; a district may change the day itself
WITH_A_DAY = ("received", "approved", "refused")
DECIDED = ("approved", "refused")
ON_RECORD = ("filed", "cancelled", "registered")
NOT_A_BODY = "街道备案的组织没有法人资格，登记请选择社会团体、社会服务机构或基金会。"


REGISTERED_ALREADY = "这个组织已经登记，有统一社会信用代码，不需要再申请登记。"
FOR_ITSELF = "请选择您所在的组织。新设立的组织还没有账号，由社区、街道或区级代为申请。"
UNREGISTERED = Q(credit_code="", deregistered_on=None)


class RegistrationQuerySet(StagedQuerySet):
    def approved(self, day: datetime.date):
        """Applications for registration granted by that day."""
        return self.in_state("approved").filter(decided_on__lte=day)


class Registration(Staged):
    """An application of a public-benefit organization to be registered, and its working-day clock.

    The clock starts when complete documents are received and stops with the decision; `days_taken`
    and `days_saved` are working days. Granted, the organization named here becomes, or is put onto
    the register as, a legal person with its credit code.
    """

    lifecycle = REGISTRATION

    organization = refers_to(
        SocialOrganization,
        "已有的组织",
        "registrations",
        optional=True,
        help_text="已备案或在孵、还没有登记的组织请选择；新设立的由社区、街道或区级代为申请，"
        "这一项留空，准予登记时自动列入名录。",
    )
    name = Name("拟登记名称", max_length=80)
    kind = models.CharField(
        "登记类型",
        max_length=15,
        choices=[choice for choice in OrganizationKind.choices if choice[0] != "filed"],
        default=OrganizationKind.SERVICE,
    )
    purpose = Prose("宗旨和业务范围", max_length=500)
    applied_on = PastDay("申请日期", default=timezone.localdate)
    supplement = Prose(
        "补正情况", max_length=1000, blank=True, help_text="补了什么；材料作为附件先行上传。"
    )
    supplemented_on = PastDay("补正日期", null=True, blank=True, editable=False)
    received_on = PastDay("受理日期", null=True, blank=True, editable=False)
    due_on = PlannedDay("承诺办结日期", null=True, blank=True, editable=False)
    credit_code = CreditCode("统一社会信用代码", max_length=18, blank=True)
    decided_on = PastDay("决定日期", null=True, blank=True, editable=False)
    days_taken = models.PositiveSmallIntegerField(
        "用时（工作日）", null=True, blank=True, editable=False
    )
    days_saved = models.GeneratedField(
        expression=Value(STATUTORY_DAYS) - F("days_taken"),
        output_field=models.SmallIntegerField("比法定期限节省（工作日）"),
        db_persist=True,
        verbose_name="比法定期限节省（工作日）",
    )

    objects: ClassVar = RegistrationQuerySet.as_manager()
    owned_by: ClassVar = {"organization": "organization_id"}
    offered: ClassVar = {"organization": UNREGISTERED}
    offered_because: ClassVar = {"organization": "已经登记"}
    deadlines: ClassVar[Any] = {
        "due_on": Deadline("received_on", PROMISED_DAYS),
        "days_taken": Taken("received_on", "decided_on"),
        "days_saved": Taken("received_on", "decided_on"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "公益类登记申请"
        ordering = ["area_id", "-applied_on", "pk"]
        constraints = [
            in_order(
                "registration_received", "applied_on", "received_on", "受理不能早于申请日期。"
            ),
            in_order(
                "registration_supplemented",
                "applied_on",
                "supplemented_on",
                "补正不能早于申请日期。",
            ),
            in_order("registration_due", "received_on", "due_on", "承诺办结不能早于受理日期。"),
            in_order("registration_decided", "received_on", "decided_on", "决定不能早于受理日期。"),
            check("registration_of_a_legal_kind", ~Q(kind=OrganizationKind.FILED), NOT_A_BODY),
            check(
                "registration_received_has_clock",
                ~Q(state__in=WITH_A_DAY) | Q(received_on__isnull=False, due_on__isnull=False),
                "受理须有受理日期和承诺办结日期。",
            ),
            check(
                "registration_decided_has_days",
                Q(state__in=DECIDED, decided_on__isnull=False, days_taken__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_on__isnull=True, days_taken__isnull=True),
                "作出决定须有日期和用时。",
            ),
            check(
                "registration_granted_has_code",
                Q(state="approved", organization__isnull=False) & ~Q(credit_code="")
                | ~Q(state="approved") & Q(credit_code=""),
                "准予登记须有统一社会信用代码，并列入名录；此前不填。",
            ),
        ]

    def __str__(self):
        return f"{self.name}登记"

    def clean(self):
        """Who is a legal person already does not become one again; an organization applies for itself."""
        other = self.organization
        if other and other.credit_code and self.state not in DECIDED:
            raise ValidationError({"organization": REGISTERED_ALREADY})
        if other is None and self._state.adding and self.area_id and not may("add", self):
            raise ValidationError({"organization": FOR_ITSELF})


class FilingQuerySet(StagedQuerySet):
    def past_use(self, day: datetime.date):
        """Filings ended before that day, or refused and untouched since."""
        return self.filter(Q(ended_on__lt=day) | Q(state="refused", applied_on__lt=day))


class Filing(Staged):
    """A community's organization on file with its street: filed, changed, cancelled or registered.

    A filed body has no legal personality, so it has no credit code. Filed, it stands on the
    register; `organization` is that entry.
    """

    lifecycle = FILING

    name = Name("组织名称", max_length=80)
    organization = refers_to(
        SocialOrganization,
        "名录中的组织",
        "filings",
        optional=True,
        help_text="名录中已有的组织请选择；否则留空，备案时自动列入名录。",
    )
    field = Line("服务领域", max_length=20, blank=True)
    activities = Prose("主要活动", max_length=500)
    members = models.PositiveSmallIntegerField("成员人数（人）", null=True, blank=True)
    contact = PersonName("负责人", max_length=30, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)
    applied_on = PastDay("申请日期", default=timezone.localdate)
    number = Code("备案编号", max_length=30, blank=True)
    filed_on = PastDay("备案日期", null=True, blank=True, editable=False)
    changed_on = PastDay("最近变更日期", null=True, blank=True, editable=False)
    ended_on = PastDay("注销（转登记）日期", null=True, blank=True, editable=False)

    objects: ClassVar = FilingQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("contact", "phone")
    owned_by: ClassVar = {"organization": "organization_id"}

    class Meta:
        verbose_name = verbose_name_plural = "街道备案"
        ordering = ["area_id", "-applied_on", "pk"]
        constraints = [
            in_order("filing_filed", "applied_on", "filed_on", "备案不能早于申请日期。"),
            in_order("filing_changed", "filed_on", "changed_on", "变更不能早于备案日期。"),
            in_order("filing_ended", "filed_on", "ended_on", "注销或转登记不能早于备案日期。"),
            check(
                "filing_filed_has_number",
                Q(state__in=ON_RECORD, filed_on__isnull=False, organization__isnull=False)
                & ~Q(number="")
                | ~Q(state__in=ON_RECORD) & Q(filed_on__isnull=True, number=""),
                "备案须有备案编号、备案日期，并列入名录；此前不填编号。",
            ),
            check(
                "filing_ended_on_a_day",
                Q(state__in=["cancelled", "registered"], ended_on__isnull=False)
                | ~Q(state__in=["cancelled", "registered"]) & Q(ended_on__isnull=True),
                "注销或转为登记须有日期。",
            ),
            check(
                "filing_stands_at_community_or_street",
                stands_at(Level.COMMUNITY, Level.STREET),
                "街道备案的组织属于社区或街道：请选择社区或街道。",
            ),
            unique("filing_number_once", "该备案编号已使用。", "number", condition=~Q(number="")),
            unique(
                "filing_once_at_a_time",
                "该组织已有备案。",
                "organization",
                condition=Q(state__in=["applied", "filed"]),
            ),
            unique(
                "filing_name_once",
                "该社区已有同名组织申请或备案。",
                "area",
                "name",
                condition=Q(state__in=["applied", "filed"]),
            ),
        ]

    def __str__(self):
        return f"{self.name}备案"

    def clean(self):
        """On the register it stands in the same place, and is no legal person."""
        other = self.organization
        if other and self.state == "applied" and other.kind != OrganizationKind.FILED:
            raise ValidationError("这个组织已经登记为法人，不需要备案。")
