"""M1 契约化共建 in the admin."""

from typing import ClassVar

from django.contrib import admin

from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
)
from suzhou_portal.areas.admin import masked_phone, numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(CoBuildingAgreement)
class CoBuildingAgreementAdmin(StagedAdmin):
    list_display = (
        "unit",
        "valid_from",
        "valid_to",
        "signed_on",
        "terminated_on",
        masked_phone(CoBuildingAgreement),
    )
    search_fields = ("unit", "content")
    date_hierarchy = "valid_to"
    todos = (
        Todo(
            "to_sign",
            "草拟待签的共建协议",
            "handle",
            lambda agreements, _: agreements.in_state("draft"),
        ),
        Todo(
            "ending",
            "60日内到期的共建协议",
            "handle",
            lambda agreements, day: agreements.ending(day),
        ),
    )


class ListedAdmin(StagedAdmin):
    """An entry of a list stands where its agreement does."""

    exclude = ("area",)
    list_select_related: ClassVar[tuple[str, ...]] = ("area", "agreement")


@admin.register(CoBuildingNeed)
class CoBuildingNeedAdmin(ListedAdmin):
    list_display = ("title", "kind", "agreement", "listed_on", "satisfied_on")
    list_filter = ("kind",)
    search_fields = ("title", "description", "agreement__unit")
    todos = (
        Todo("to_match", "待对接的共建需求", "handle", lambda needs, _: needs.in_state("open")),
    )


@admin.register(CoBuildingResource)
class CoBuildingResourceAdmin(ListedAdmin):
    list_display = (
        "title",
        "kind",
        "agreement",
        numeric(CoBuildingResource, "quantity"),
        "unit",
        "listed_on",
        "closed_on",
    )
    list_filter = ("kind",)
    search_fields = ("title", "description", "agreement__unit")


@admin.register(CoBuildingProject)
class CoBuildingProjectAdmin(ListedAdmin):
    list_display = (
        "name",
        "need",
        "resource",
        numeric(CoBuildingProject, "quantity"),
        "started_on",
        "ended_on",
    )
    list_select_related: ClassVar[tuple[str, ...]] = ("area", "agreement", "need", "resource")
    search_fields = ("name", "result", "agreement__unit")
    date_hierarchy = "planned_on"
