"""M3 红色物业 in the admin."""

from django.contrib import admin

from communities.enums.red_property import RatingState
from communities.models import PropertyCompany, PropertyRating, ServedCompound
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(PropertyCompany)
class PropertyCompanyAdmin(RecordAdmin):
    list_display = (
        "name",
        "credit_code",
        "party_organization",
        "cross_posted",
        "started_on",
        "ended_on",
        "masked_phone",
    )
    list_filter = ("cross_posted", ("party_founded_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "credit_code", "party_organization")


@admin.register(ServedCompound)
class ServedCompoundAdmin(RecordAdmin):
    list_display = (
        "name",
        "company",
        numeric(ServedCompound, "households"),
        "started_on",
        "ended_on",
    )
    list_filter = (("ended_on", admin.EmptyFieldListFilter),)
    list_select_related = ("area", "company")
    search_fields = ("name", "address", "company__name")


@admin.register(PropertyRating)
class PropertyRatingAdmin(StagedAdmin):
    list_display = ("compound", "period_start", "period_end", "score", "grade", "reviewed_on")
    list_filter = ("grade",)
    list_select_related = ("area", "compound")
    search_fields = ("compound__name", "compound__company__name")
    date_hierarchy = "period_end"
    exclude = ("area",)
    readonly_fields = ("grade", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_review", "待审核的物业考核", "review", lambda rows, _: rows.in_state("rated")),
        Todo("returned", "退回待改的物业考核", "handle", lambda rows, _: rows.in_state("returned")),
    )

    def has_change_permission(self, request, obj=None):
        """A reviewed rating stays as it is."""
        return not _reviewed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """A reviewed rating stays."""
        return not _reviewed(obj) and super().has_delete_permission(request, obj)


def _reviewed(rating: PropertyRating | None) -> bool:
    return rating is not None and rating.state == RatingState.REVIEWED
