"""M1 契约化共建 and M3 红色物业 in the admin."""

from django.contrib import admin

from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
    PropertyCompany,
    PropertyRating,
)
from suzhou_portal.areas.admin import masked_phone
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from suzhou_portal.months import months_before


@admin.register(CoBuildingAgreement)
class AgreementAdmin(StagedAdmin):
    list_display = ("unit", "signed_on", "valid_to", masked_phone(CoBuildingAgreement))
    search_fields = ("unit", "summary")
    readonly_fields = ("signed_on", "ended_on", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "ending",
            "两个月内到期的共建协议",
            "change",
            lambda agreements, day: agreements.ending(day, months_before(day, -2)),
        ),
    )


@admin.register(CoBuildingNeed)
class NeedAdmin(StagedAdmin):
    list_display = ("title", "agreement")
    list_select_related = ("area", "agreement")
    search_fields = ("title", "agreement__unit")


@admin.register(CoBuildingResource)
class ResourceAdmin(RecordAdmin):
    list_display = ("title", "kind", "agreement", "quantity", "promised", "unit")
    list_filter = ("kind",)
    list_select_related = ("area", "agreement")
    search_fields = ("title", "agreement__unit")
    readonly_fields = ("promised", *RecordAdmin.readonly_fields)


@admin.register(CoBuildingProject)
class ProjectAdmin(StagedAdmin):
    list_display = ("title", "agreement", "need", "resource", "started_on", "finished_on")
    list_select_related = ("area", "agreement", "need", "resource")
    search_fields = ("title", "agreement__unit")
    readonly_fields = ("started_on", "finished_on", *StagedAdmin.readonly_fields)


@admin.register(PropertyCompany)
class PropertyCompanyAdmin(RecordAdmin):
    list_display = ("name", "compounds", "has_branch", "cross_posted", "linked_on", "ended_on")
    list_filter = ("has_branch", "cross_posted")
    search_fields = ("name", "compounds")


@admin.register(PropertyRating)
class PropertyRatingAdmin(StagedAdmin):
    list_display = ("company", "period_end", "score", "grade", "reviewed_on")
    list_filter = ("grade",)
    list_select_related = ("area", "company")
    search_fields = ("company__name",)
    readonly_fields = ("reviewed_on", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_review",
            "待审核的物业评价",
            "review",
            lambda ratings, _: ratings.in_state("entered"),
        ),
    )
