"""Forms of higher offices in the admin."""

from django.contrib import admin

from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.reports.models import FormCell, ReturnForm


@admin.register(ReturnForm)
class ReturnFormAdmin(RecordAdmin):
    list_display = ("title", "number", "issued_by", "kind", "ended_on")
    list_filter = ("kind",)
    search_fields = ("title", "number", "issued_by")


@admin.register(FormCell)
class FormCellAdmin(RecordAdmin):
    list_display = ("cell", "label", "form", "figure", "aspect", "scale")
    list_select_related = ("area", "form")
    search_fields = ("cell", "label", "form__title")
