"""Divisions in the admin: a page of accounts' pages, which is why it may look up to them."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from suzhou_portal.accounts import guard
from suzhou_portal.accounts.history import History
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.accounts.roles import KEEP, Role, grant
from suzhou_portal.accounts.searched import SearchedChoices
from suzhou_portal.areas import codes
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.former_names import found_by
from suzhou_portal.areas.models import Area

grant(Area, {Role.DISTRICT: KEEP})
grant(DivisionChange, {Role.DISTRICT: {"add", "view"}})


class AreaForm(ChineseForm):
    """A division; its code says its level and what it lies in."""

    class Meta:
        model = Area
        fields = ("code", "name", "valid_from", "valid_to", "successor")

    def clean_code(self):
        """A new code, of a known length, inside a division that exists and the person answers for; that
        it is not theirs is said before whether it exists.
        """
        code = self.cleaned_data["code"]
        if not guard.may("add", Area(code=code)):
            raise ValidationError("这个区划代码不在您的管辖范围内。")
        try:
            parent = codes.parent_of(code)
        except ValueError as error:
            raise ValidationError("区划代码应为2、4、6、9、12或15位数字。") from error
        if Area.objects.filter(pk=code).exists():
            raise ValidationError(f"区划代码“{code}”已存在。")
        if not Area.objects.filter(pk=parent).exists():
            raise ValidationError(f"上级“{parent}”不存在，请先添加上级。")
        return code


@admin.register(Area)
class AreaAdmin(History, SearchedChoices, admin.ModelAdmin):
    form = AreaForm
    list_display = ("code", "name", "level", "parent", "valid_from", "valid_to", "is_demo")
    list_display_links = ("code", "name")
    list_filter = ("level",)
    list_per_page = 50
    list_select_related = ("parent",)
    search_fields = ("^code", "name")

    def get_readonly_fields(self, request, obj=None):
        """What a division is, once given, is changed by an act alone (`accounts.divisions`)."""
        return (*self.form.Meta.fields, "level", "parent") if obj else ()

    def get_search_results(self, request, queryset, search_term):
        """And those that were called so, or were merged from what was."""
        found, repeated = super().get_search_results(request, queryset, search_term)
        formerly = found_by(search_term) if search_term else []
        return (found | queryset.filter(pk__in=formerly)) if formerly else found, repeated

    def get_queryset(self, request):
        return super().get_queryset(request).filter(request.user.scope(Area))
