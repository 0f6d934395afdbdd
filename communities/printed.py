"""What communities print: agreements, notices and resolutions, lists to sign, and the month's pay."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from communities.models import (
    CoBuildingAgreement,
    Course,
    DeliberationMeeting,
    MediationCase,
    PayCorrection,
    PayMonth,
    PayPeriod,
    Post,
)
from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.audit import trail
from suzhou_portal.records.printed import Printed, in_states, printed

PAY_COLUMNS = ("place", "name", "post", "post_pay", "performance_pay", "correction", "gross")
LINES_TO_SIGN = 20  # of a list of nobody in particular
ORAL = "当事人达成口头协议，以下为调解员的记录"


def _agreed(case: MediationCase) -> str | None:
    if case.state == "mediating":
        return "草案，双方签名前不生效"
    oral = ORAL if case.agreement_form == "oral" else ""
    return oral if case.state in ("agreed", "confirming", "ruled", "fulfilled") else None


printed.add(Printed(
    name="mediation-agreement", title="人民调解协议书", model=MediationCase,
    says={
        "party_a": "party_a", "phone_a": "phone_a", "party_b": "party_b", "phone_b": "phone_b",
        "subject": "subject", "kind": "kind", "mediators": "mediators_named",
        "accepted_on": "accepted_on", "agreement": "agreement", "perform_by": "perform_by",
        "agreed_on": "agreed_on",
    },
    remark=_agreed, action="reveal", dated="updated_at",
    unit=lambda case: f"{case.area.name}人民调解委员会",
))  # fmt: skip


def _announced_by(meeting: DeliberationMeeting) -> str:
    grid = meeting.area.level == Level.GRID
    return str(meeting.area.parent.name if grid else meeting.area.name)


BEFORE = {
    "announced": "",
    "held": "",
    "resolved": "",
    "not_passed": "",
    "carrying_out": "",
    "done": "",
}
PASSED = {"resolved": "", "carrying_out": "", "done": ""}

printed.add(
    Printed(
        name="meeting-notice", title="会议通知", model=DeliberationMeeting,
        says={
            "kind": "kind", "topic": "topic", "agenda": "agenda", "planned": "planned",
            "place": "place", "announced_on": "announced_on",
        },
        remark=in_states(planned="草案，尚未公告", cancelled="会议已取消", **BEFORE),
        unit=_announced_by, dated="updated_at",
    ),
    Printed(
        name="meeting-resolution", title="会议决议", model=DeliberationMeeting,
        says={
            "kind": "kind", "topic": "topic", "held": "held", "place": "place",
            "entitled": "entitled", "attended": "attended", "agreed": "agreed",
            "against": "against", "abstained": "abstained", "resolution": "resolution",
            "resolved_on": "resolved_on",
        },
        remark=in_states(**PASSED), unit=_announced_by, dated="updated_at",
    ),
)  # fmt: skip


def _list(relation: str, *columns: str) -> Callable[[CoBuildingAgreement], list[dict[str, str]]]:
    """Entries of one of the agreement's lists, but those that came to nothing."""

    def rows(agreement: CoBuildingAgreement) -> list[dict[str, str]]:
        entries = getattr(agreement, relation).exclude(state__in=("withdrawn", "terminated"))
        return [
            {"name": str(one), **{name: getattr(one, name) or "" for name in columns}}
            for one in entries.order_by("pk")
        ]

    return rows


printed.add(Printed(
    name="co-building-agreement", title="共建协议", model=CoBuildingAgreement,
    says={
        "partner": "unit", "contact": "contact", "phone": "phone", "content": "content",
        "valid_from": "valid_from", "valid_to": "valid_to", "signed_on": "signed_on",
        "terminated_on": "terminated_on", "needs": _list("cobuildingneeds", "description"),
        "resources": _list("cobuildingresources", "amount", "description"),
        "projects": _list("cobuildingprojects", "amount"),
    },
    remark=in_states(draft="草案，双方签订前不生效", signed="", terminated="本协议已终止"),
    action="reveal", unit="area", dated="updated_at",
))  # fmt: skip


def _signing(meeting: DeliberationMeeting) -> list[dict[str, str]]:
    """Lines to sign on, so many as people are expected; who they are is not known before."""
    count = min(meeting.entitled or LINES_TO_SIGN, 500)
    return [{"name": "", "about": ""} for _ in range(count)]


def _enrolled(course: Course) -> list[dict[str, str]]:
    enrolments = course.enrolments.select_related("person").order_by("area_id", "pk")
    return [{"name": one.person.name, "about": one.unit} for one in enrolments]


NOT_CANCELLED = {"planned": "", "enrolling": "", "running": "", "ended": "", "published": ""}

printed.add(
    Printed(
        name="sign-in", title="会议签到表", model=DeliberationMeeting, template="sign-in",
        says={"topic": "topic", "when": lambda one: one.held or one.planned, "place": "place",
              "about": lambda _: "住址或单位", "rows": _signing},
        remark=in_states(announced="", held="", resolved="", not_passed="", carrying_out="", done=""),
        unit=_announced_by, dated="updated_at",
    ),
    Printed(
        name="course-sign-in", title="培训签到表", model=Course, template="sign-in",
        says={
            "topic": "name",
            "when": lambda one: f"{formats.date(one.starts_on)}至{formats.date(one.ends_on)}",
            "place": lambda one: str(one.base or ""), "about": lambda _: "单位", "rows": _enrolled,
        },
        remark=in_states(**NOT_CANCELLED), unit="area", dated="updated_at",
    ),
)  # fmt: skip


class _Pay(NamedTuple):
    """What a post is paid in a month: its pay, and what earlier months' corrections add or take."""

    post: Post
    post_pay: Decimal = Decimal(0)
    performance_pay: Decimal = Decimal(0)
    correction: Decimal = Decimal(0)


def _paid(period: PayPeriod) -> list[_Pay]:
    """A line a post, then those that are only paid a correction; who is shown their pay is written down."""
    pay = PayMonth.objects.within(period.area_id).filter(month=period.month)
    pay = pay.select_related("post__person", "post__area").order_by("area_id", "pk")
    corrections = PayCorrection.objects.within(period.area_id).filter(booked_in=period.month)
    booked = dict(corrections.order_by().values_list("pay__post").annotate(Sum("amount")))
    trail.look([*pay])
    lines = [
        _Pay(one.post, one.post_pay, one.performance_pay, booked.pop(one.post_id, Decimal(0)))
        for one in pay
    ]
    others = Post.objects.filter(pk__in=booked).select_related("person", "area")
    return lines + [_Pay(one, correction=booked[one.pk]) for one in others]


def _pay_rows(period: PayPeriod) -> list[dict[str, str]]:
    lines = _paid(period)
    amounts = [line[1:] for line in lines]
    sums = [sum(column, Decimal(0)) for column in zip(*amounts, strict=True)] or [Decimal(0)] * 3
    named = [(one.post.area.name, one.post.person.name, one.post.title) for one in lines]
    return [
        dict(
            zip(
                PAY_COLUMNS,
                (*who, *(formats.number(one, 2) for one in (*paid, sum(paid)))),
                strict=True,
            )
        )
        for who, paid in zip(
            [*named, ("合计", f"{len(lines)}人", "")], [*amounts, tuple(sums)], strict=True
        )
    ]


printed.add(Printed(
    name="payroll", title="工资表", model=PayPeriod,
    says={"month": "month_name", "state": "state", "closed_on": "closed_on", "rows": _pay_rows},
    remark=in_states(drafting="编制中，未经复核", reviewed="已复核，未关账", closed=""),
    unit="area", dated="updated_at",
))  # fmt: skip
