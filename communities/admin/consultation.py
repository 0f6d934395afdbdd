"""M7 应急响应、矛盾化解、议事协调 and the rules they stand on, in the admin."""

from django.contrib import admin

from communities.models import (
    DeliberationMeeting,
    EmergencyContact,
    EmergencyPlan,
    MediationCase,
    MediationSession,
    MeetingTask,
    RuleVersion,
)
from suzhou_portal import formats
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(RuleVersion)
class RuleVersionAdmin(StagedAdmin):
    list_display = ("title", "mechanism", "number", "published_on", "in_force_from", "repealed_on")
    list_filter = ("mechanism__kind",)
    list_select_related = ("area", "mechanism__area")
    search_fields = ("title",)
    exclude = ("area",)  # the mechanism's
    todos = (
        Todo("public", "公示中待施行的制度", "decide", lambda rules, _: rules.in_state("public")),
    )


@admin.register(EmergencyPlan)
class EmergencyPlanAdmin(StagedAdmin):
    list_display = ("__str__", "kind", "level", "effective_on", "assessed_on", "repealed_on")
    list_filter = ("kind", "level")
    search_fields = ("assembly_place", "measures")
    todos = (
        Todo(
            "to_review", "待审核的应急预案", "review", lambda plans, _: plans.in_state("in_review")
        ),
        Todo(
            "to_assess",
            "满一年待评估的应急预案",
            "change",
            lambda plans, day: plans.assessment_due(day),
        ),
    )


@admin.register(EmergencyContact)
class EmergencyContactAdmin(RecordAdmin):
    list_display = ("duty", "masked_name", "masked_phone", "plan")
    list_select_related = ("area", "plan")
    search_fields = ("duty",)
    exclude = ("area",)  # the plan's

    @admin.display(description="姓名")
    def masked_name(self, record):
        """Not in full."""
        return formats.masked(record, "name")


@admin.register(MediationCase)
class MediationCaseAdmin(StagedAdmin):
    list_display = ("subject", "kind", "applied_on", "accepted_on", "agreed_on", "confirm_by")
    list_filter = ("kind", "origin", "agreement_form", "ruling")
    search_fields = ("subject",)
    date_hierarchy = "applied_on"
    todos = (
        Todo("to_accept", "待受理的调解申请", "handle", lambda cases, _: cases.in_state("applied")),
        Todo(
            "confirmable",
            "司法确认期限将到的调解协议",
            "handle",
            lambda cases, day: cases.confirmable_soon(day),
        ),
        Todo(
            "unperformed",
            "超过履行期限的调解协议",
            "handle",
            lambda cases, day: cases.unperformed(day),
        ),
    )


@admin.register(MediationSession)
class MediationSessionAdmin(RecordAdmin):
    list_display = ("held_on", "case", "next_step")
    list_select_related = ("area", "case")
    search_fields = ("case__subject", "said")
    date_hierarchy = "held_on"
    exclude = ("area",)  # the case's


@admin.register(DeliberationMeeting)
class DeliberationMeetingAdmin(StagedAdmin):
    list_display = (
        "topic",
        "kind",
        "held_on",
        numeric(DeliberationMeeting, "entitled"),
        numeric(DeliberationMeeting, "attended"),
        "resolved_on",
        "done_on",
    )
    list_filter = ("kind",)
    search_fields = ("topic", "resolution")
    date_hierarchy = "held_on"
    todos = (
        Todo(
            "to_hold",
            "到期待登记召开情况的会议",
            "change",
            lambda meetings, day: meetings.to_hold(day),
        ),
        Todo(
            "to_start", "待落实的决议", "change", lambda meetings, _: meetings.in_state("resolved")
        ),
    )


@admin.register(MeetingTask)
class MeetingTaskAdmin(RecordAdmin):
    list_display = ("what", "meeting", "who", "due_on", "done_on")
    list_filter = (("done_on", admin.EmptyFieldListFilter),)
    list_select_related = ("area", "meeting")
    search_fields = ("what", "who")
    exclude = ("area",)  # the meeting's
    todos = (
        Todo("overdue", "超期未完成的落实任务", "change", lambda tasks, day: tasks.overdue(day)),
    )
