"""Pages of courses and examinations that are neither a list nor a record."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from communities.enums.learning import Attendance
from communities.models import (
    Certificate,
    Course,
    Enrolment,
    ExamRegistration,
    ExamSeason,
    PlannedSession,
)
from communities.models.workers import NOTICE_DAYS
from communities.sheets import EntrySheet, RowForm, fill, yes_or_no
from suzhou_portal.areas.filters import AreaFilterSet
from suzhou_portal.desks import cells, drafts
from suzhou_portal.desks.forms import first_values, record_form
from suzhou_portal.desks.reached import desk_for, record_for
from suzhou_portal.desks.saving import stored
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.scope import demonstration, site_as_of
from suzhou_portal.lists import FilteredListView
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import kinds


class AttendanceForm(RowForm):
    """Whether one person came. A tick without hours means all of the course's."""

    told = ("person", "unit")
    own = {"present": lambda enrolment: yes_or_no(enrolment.attendance == Attendance.PRESENT)}

    present = forms.BooleanField(label="到课", required=False)

    class Meta:
        model = Enrolment
        fields = ("attended_hours", "absence_reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["present"] = self.instance.attendance == Attendance.PRESENT
        self.order_fields(["present", "attended_hours", "absence_reason"])

    def clean(self):
        """What was entered makes present, absent, or not yet known."""
        cleaned = super().clean() or self.cleaned_data
        hours, reason = cleaned.get("attended_hours"), cleaned.get("absence_reason")
        if cleaned.get("present"):
            self.instance.attendance = Attendance.PRESENT
            if reason:
                self.add_error("absence_reason", "到课的人不填缺课原因。")
            if hours is None:
                cleaned["attended_hours"] = self.instance.course.hours
        else:
            self.instance.attendance = Attendance.ABSENT if reason else ""
            if hours:
                self.add_error("attended_hours", "填了参训学时，请勾选到课。")
        return cleaned


class ResultForm(RowForm):
    """How one person did."""

    told = ("person", "unit", "get_attendance_display")

    class Meta:
        model = Enrolment
        fields = ("score", "award")


class PassForm(RowForm):
    """Whether one person passed; without a tick the result is not known, or was not passed before."""

    told = ("person", "area", "get_level_display")
    own = {
        "has_passed": lambda registration: yes_or_no(registration.passed),
        "others_failed": lambda registration: yes_or_no(registration.passed is False),
    }

    has_passed = forms.BooleanField(label="通过", required=False)
    others_failed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ExamRegistration
        fields = ("absent",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["has_passed"] = self.instance.passed is True
        self.initial["others_failed"] = self.instance.passed is False

    def clean(self):
        """A tick passes; the others stay unknown until the list is complete."""
        cleaned = super().clean() or self.cleaned_data
        failed = False if cleaned.get("others_failed") else None
        failed = False if cleaned.get("absent") else failed
        self.instance.passed = True if cleaned.get("has_passed") else failed
        return cleaned


def _tick_the_rest(data: QueryDict, rows: Any) -> None:
    for row in rows:
        if not data.get(f"{row}-absence_reason"):
            data[f"{row}-present"] = "on"


def _fail_the_rest(data: QueryDict, rows: Any) -> None:
    for row in rows:
        if not data.get(f"{row}-has_passed"):
            data[f"{row}-others_failed"] = "on"


ATTENDANCE = EntrySheet(
    title="登记出勤",
    lead="到课的勾选，学时留空即为全部学时；缺课的不勾选，写明原因。",
    form=AttendanceForm,
    headings=("姓名", "单位", "到课", "参训学时", "缺课原因"),
    shortcuts={"everybody": ("其余全部到课并保存", _tick_the_rest)},
    saved="出勤已保存，改动",
)
RESULTS = EntrySheet(
    title="登记成绩",
    lead="成绩0至100分；大比武的名次在公布时按成绩排出，成绩相同的名次相同。公布前还可以改。",
    form=ResultForm,
    headings=("姓名", "单位", "出勤", "成绩（分）", "奖项"),
    shortcuts={},
    saved="成绩已保存，改动",
)
PASSES = EntrySheet(
    title="登记通过名单",
    lead="缺考、通过的勾选。名单还不全时按“保存”，其余仍为成绩未出；名单已全时按“名单已全”，其余记为未通过。",
    form=PassForm,
    headings=("姓名", "所属地区", "报考等级", "缺考", "通过"),
    shortcuts={"complete": ("名单已全，其余未通过", _fail_the_rest)},
    saved="名单已保存，改动",
)


def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of those enrolled came to a course."""
    return _enrolled(request, pk, ATTENDANCE)


def results(request: HttpRequest, pk: int) -> HttpResponse:
    """How those who came did."""
    return _enrolled(request, pk, RESULTS)


def passes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of those registered for an examination passed."""
    season = get_object_or_404(kinds.desk("exam-seasons").records(request.user), pk=pk)
    _require(request, "communities.change_examregistration", season)
    records = ExamRegistration.objects.visible_to(request.user, "change").filter(season=season)
    records = records.select_related("person", "area", "season").order_by("area_id", "pk")
    return fill(request, PASSES, records, about=season)


def _enrolled(request: HttpRequest, pk: int, sheet: EntrySheet) -> HttpResponse:
    course = get_object_or_404(kinds.desk("courses").records(request.user), pk=pk)
    _require(request, "communities.change_course", course)
    if not course.may_be_noted:
        raise Http404("开班以后才能登记出勤和成绩；成绩公布以后，请先办理“撤回成绩”再改。")
    records = Enrolment.objects.visible_to(request.user, "change").filter(course=course)
    records = records.select_related("person", "course").order_by("area_id", "pk")
    return fill(request, sheet, records, about=course)


def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a course of a planned session: filled in from it, and named by it from then on; once only."""
    desk, courses = kinds.desk("planned-sessions"), desk_for(request, "courses", "add")
    with transaction.atomic():
        session = record_for(request, desk, pk, "change", lock=request.method == "POST")
        if not session.may_be_held:
            raise Http404("计划执行中、还没有落实也没有写明未实施原因的场次，才能开办。")
        first = first_values(courses, request.user) | _planned(session)
        course = Course(kind=session.kind, is_demo=demonstration(request) is not None)
        form = record_form(courses, request.user)(
            drafts.sent(request), instance=course, initial=first
        )
        del form.fields["kind"]  # which is the session's
        if form.is_valid() and (made := stored(form)):
            session.course = made
            session.check_rules()
            session.save()
            messages.success(request, f"已登记培训“{made}”，落实计划场次“{session}”。")
            return redirect("desk_record", courses.name, made.pk)
    context = {
        "desk": courses,
        "form": drafts.fill(form, request),
        "above": desk,
        "parent": session,
    }
    context |= drafts.context(request, f"开办：{session}")
    return render(request, "desks/form.html", context)


def _planned(session: PlannedSession) -> dict[str, Any]:
    """What a course takes over from its session; it may begin with the quarter, or now where that has begun."""
    begins = datetime.date(session.plan.year, 3 * session.quarter - 2, 1)
    day = max(begins, site_date())
    return {
        "area": session.area_id, "name": session.name, "hours": session.planned_hours,
        "starts_on": day, "ends_on": day,
    }  # fmt: skip


def _require(request: HttpRequest, permission: str, record: Course | ExamSeason) -> None:
    if not request.user.has_perm(permission, record):
        raise PermissionDenied(f"{request.user} may not {permission} {record.pk}")


class ExpiringView(FilteredListView):
    """The certificates the person sees that expire within the days of notice, next ones first."""

    template_name = "communities/expiring.html"
    filterset_class = AreaFilterSet
    columns = (
        Column("姓名", "person"),
        Column("所属地区", "area"),
        Column("等级", "level"),
        Column("证书编号", "number"),
        Column("有效期至", "valid_to"),
        Column("联系电话", "person.phone"),
    )

    def records(self):
        """The certificates to be renewed."""
        if not self.request.user.has_perm("communities.view_certificate"):
            raise PermissionDenied
        mine = Certificate.objects.visible_to(self.request.user)
        expiring = mine.expiring_soon(site_as_of(self.request)).select_related("area", "person")
        return expiring.order_by("valid_to", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        desk = kinds.desk("certificates")
        lines = cells.lines(self.columns, context["object_list"], "desk_record", desk)
        lead = f"{NOTICE_DAYS}天内到期的社工证书，先到期的在前。请提醒本人及时办理再登记。"
        return context | {"lines": lines, "columns": self.columns, "lead": lead}
