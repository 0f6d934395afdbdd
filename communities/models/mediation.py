"""M7 矛盾化解: people's mediation, from the application to the agreement carried out.

Mediation is free of charge (人民调解法 article 4), so no amount is kept here.
"""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from communities.enums.mediation import (
    MEDIATION_CASE,
    AgreementForm,
    CaseKind,
    CaseOrigin,
    CaseState,
    Ruling,
)
from communities.models.grids import GridEvent
from communities.models.people import Person
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, stands_at
from suzhou_portal.audit.enums import Mask
from suzhou_portal.calendars import workdays
from suzhou_portal.calendars.workdays import Deadline
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import having

DAYS_TO_CONFIRM = 30  # calendar days
LONGEST_BREAK = 15  # calendar days; no arrangement of holidays is as long
DAYS_OF_WARNING = 10  # calendar days before the deadline
AGREED = [CaseState.AGREED, CaseState.CONFIRMING, CaseState.RULED]
NO_AGREEMENT = Q(agreed_on__isnull=True, confirm_by__isnull=True, agreement_form="", agreement="")


def last_day_to_confirm(agreed_on: datetime.date) -> datetime.date:
    """The last day on which both parties may ask the court to confirm their agreement.

    Thirty days from when it takes effect; that day itself does not count, and a last day that is
    off moves to the next working day. Source: 人民调解法 article 33, 民法典 articles 201 and 203.
    """
    return workdays.after(agreed_on + datetime.timedelta(days=DAYS_TO_CONFIRM - 1), 1)


class MediationCaseQuerySet(StagedQuerySet):
    def confirmable_soon(self, day: datetime.date):
        """Mediation cases whose parties can still ask the court, but not for long."""
        until = day + datetime.timedelta(days=DAYS_OF_WARNING)
        return self.in_state(CaseState.AGREED).filter(confirm_by__range=(day, until))


class MediationCase(Staged):
    """A dispute between two parties. Never public: pages open to anyone show only how many.

    One that a grid event became settles it: carried out, the event is handled and waits to be checked;
    refused, failed or ended, the event is its handler's to settle otherwise.
    """

    lifecycle = MEDIATION_CASE

    event = models.OneToOneField(
        GridEvent,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="mediation_case",
        verbose_name="来自网格事件",
    )

    origin = models.CharField(
        "来源", max_length=10, choices=CaseOrigin.choices, default=CaseOrigin.APPLIED
    )
    kind = models.CharField("纠纷类别", max_length=12, choices=CaseKind.choices)
    subject = Line("纠纷事由", max_length=60, help_text="不写当事人姓名。")
    party_a = PersonName("甲方当事人", max_length=30, blank=True, help_text="受理前须填写。")
    phone_a = Phone("甲方电话", max_length=20, blank=True)
    party_b = PersonName("乙方当事人", max_length=30, blank=True, help_text="受理前须填写。")
    phone_b = Phone("乙方电话", max_length=20, blank=True)
    mediators = models.ManyToManyField(
        Person, verbose_name="调解员", blank=True, related_name="+", help_text="受理前须指定。"
    )
    applied_on = PastDay("申请日期", default=timezone.localdate)
    accepted_on = PastDay("受理日期", null=True, blank=True, editable=False)
    agreed_on = PastDay("协议生效日期", null=True, blank=True, editable=False)
    agreement_form = models.CharField(
        "协议形式", max_length=10, choices=AgreementForm.choices, blank=True
    )
    agreement = Prose("协议内容", blank=True, max_length=3_000, help_text="口头协议也要记下内容。")
    perform_by = PlannedDay("履行期限", null=True, blank=True)
    confirm_by = PlannedDay("司法确认申请期限", null=True, blank=True, editable=False)
    asked_court_on = PastDay("申请司法确认日期", null=True, blank=True, editable=False)
    court = Name("受理法院", max_length=60, blank=True)
    ruling = models.CharField("司法确认结果", max_length=10, choices=Ruling.choices, blank=True)
    ruled_on = PastDay("确认结果日期", null=True, blank=True, editable=False)
    ended_on = PastDay("办结日期", null=True, blank=True, editable=False)

    objects: ClassVar = MediationCaseQuerySet.as_manager()
    masked: ClassVar = {
        "party_a": Mask.NAME,
        "phone_a": Mask.PHONE,
        "party_b": Mask.NAME,
        "phone_b": Mask.PHONE,
    }
    contact_columns = ("party_a", "phone_a", "party_b", "phone_b")
    used_until = "ended_on"
    deadlines: ClassVar = {"confirm_by": Deadline("agreed_on", 1, days=DAYS_TO_CONFIRM - 1)}
    called = "subject"

    class Meta:
        verbose_name = verbose_name_plural = "人民调解案件"
        ordering = ["-applied_on", "-pk"]
        constraints = [
            in_order("case_accepted", "applied_on", "accepted_on", "受理日期不能早于申请日期。"),
            in_order("case_agreed", "accepted_on", "agreed_on", "协议日期不能早于受理日期。"),
            in_order("case_perform_by", "agreed_on", "perform_by", "履行期限不能早于协议日期。"),
            in_order("case_ended", "applied_on", "ended_on", "办结日期不能早于申请日期。"),
            in_order("case_mediated", "accepted_on", "ended_on", "办结日期不能早于受理日期。"),
            in_order("case_fulfilled", "agreed_on", "ended_on", "履行日期不能早于协议日期。"),
            in_order(
                "case_asked_court",
                "agreed_on",
                "asked_court_on",
                "申请司法确认的日期不能早于协议日期。",
            ),
            check(
                "case_asked_court_in_time",
                Q(asked_court_on__isnull=True) | Q(asked_court_on__lte=F("confirm_by")),
                "司法确认须自协议生效之日起30日内共同申请，期限已过。",
                at="asked_court_on",
            ),
            in_order("case_ruled", "asked_court_on", "ruled_on", "确认结果不能早于申请日期。"),
            check(
                "case_confirm_by_is_thirty_days",
                Q(confirm_by__isnull=True)
                | Q(confirm_by__gte=F("agreed_on") + datetime.timedelta(days=DAYS_TO_CONFIRM))
                & Q(
                    confirm_by__lte=F("agreed_on")
                    + datetime.timedelta(days=DAYS_TO_CONFIRM + LONGEST_BREAK)
                ),
                "司法确认申请期限为协议生效之日起30日，末日逢休假日顺延。",
            ),
            check(
                "case_accepted_fits_state",
                Q(state__in=["applied", "refused"], accepted_on__isnull=True)
                | Q(accepted_on__isnull=False) & ~Q(state__in=["applied", "refused"]),
                "受理的案件须有受理日期，未受理的没有。",
            ),
            check(
                "case_agreement_fits_state",
                having(*AGREED, "fulfilled", filled=("agreed_on", "confirm_by"))
                & ~Q(agreement_form="")
                & ~Q(agreement="")
                | ~Q(state__in=[*AGREED, "fulfilled"]) & NO_AGREEMENT,
                "达成协议须有协议日期、形式和内容，其他情形没有。",
            ),
            check(
                "case_court_after_agreement",
                Q(asked_court_on__isnull=True, ruled_on__isnull=True, court="", ruling="")
                | Q(agreed_on__isnull=False, asked_court_on__isnull=False) & ~Q(court=""),
                "司法确认须先有调解协议和受理法院。",
            ),
            check(
                "case_ruling_with_its_day",
                Q(ruling="", ruled_on__isnull=True) | Q(ruled_on__isnull=False) & ~Q(ruling=""),
                "司法确认结果须有日期。",
            ),
            check(
                "case_court_fits_state",
                Q(state="agreed", asked_court_on__isnull=True)
                | Q(state="confirming", asked_court_on__isnull=False, ruled_on__isnull=True)
                | Q(state="ruled", ruled_on__isnull=False)
                | ~Q(state__in=AGREED),
                "司法确认的申请和结果须与状态相符。",
            ),
            check(
                "case_ended_fits_state",
                Q(state__in=["refused", "failed", "ended", "fulfilled"], ended_on__isnull=False)
                | Q(state__in=["applied", "mediating", *AGREED], ended_on__isnull=True),
                "办结的案件须有办结日期，未办结的没有。",
            ),
            check(
                "case_in_street_or_community",
                stands_at(Level.STREET, Level.COMMUNITY),
                "调解案件属于社区或街道的人民调解委员会：请选择社区或街道。",
            ),
        ]

    @property
    def mediators_named(self) -> str:
        """Who mediates."""
        return "、".join(person.name for person in self.mediators.all())


class MediationSession(AreaRecord):
    """One talk with the parties, as the mediator records it. Source: 人民调解法 article 27."""

    stands_with = "case"
    written_while = (CaseState.MEDIATING,)

    case = refers_to(MediationCase, "案件", "sessions", on_delete=models.CASCADE)
    held_on = PastDay("调解日期", default=timezone.localdate)
    said = Prose("调解情况", max_length=3_000)
    next_step = Line("下一步", max_length=200, blank=True)
    named_with: ClassVar = ("case",)

    class Meta:
        verbose_name = verbose_name_plural = "调解记录"
        ordering = ["case_id", "held_on", "pk"]

    def __str__(self):
        return f"{self.case} {self.held_on}"

    def clean(self):
        """Talks happen while a case is mediated, not before it was accepted and not in the future."""
        super().clean()
        case = self.above
        if case is None or self.held_on is None:
            return
        if case.accepted_on and self.held_on < case.accepted_on:
            raise ValidationError({"held_on": "调解日期不能早于受理日期。"})
        if self._state.adding and self.held_on > timezone.localdate():
            raise ValidationError({"held_on": "调解日期不能晚于今天。"})
