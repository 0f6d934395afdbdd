"""Accounts, what they are entrusted with, and divisions, in the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from suzhou_portal.accounts import guard
from suzhou_portal.accounts.account_pages import AccountPages
from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.record_form import MaskingForm
from suzhou_portal.accounts.scoped import History, ScopedChoices
from suzhou_portal.areas.admin import AreaForm, ChineseForm, SearchedChoices
from suzhou_portal.areas.models import Area


class DivisionForm(AreaForm):
    """A new division lies inside what the person answers for."""

    def clean_code(self):
        """Said before whether the code exists."""
        if not guard.may("add", Area(code=self.cleaned_data["code"])):
            raise ValidationError("这个区划代码不在您的管辖范围内。")
        return super().clean_code()


@admin.register(Area)
class AreaAdmin(History, SearchedChoices, admin.ModelAdmin):
    form = DivisionForm
    list_display = ("code", "name", "level", "parent", "valid_from", "valid_to", "is_demo")
    list_display_links = ("code", "name")
    list_filter = ("level",)
    list_per_page = 50
    list_select_related = ("parent",)
    search_fields = ("^code", "name")

    def get_readonly_fields(self, request, obj=None):
        """A code once given stays."""
        return ("code", "level", "parent") if obj else ()

    def get_queryset(self, request):
        """Those the person answers for."""
        return super().get_queryset(request).filter(request.user.scope(Area))


class AssignmentInline(SearchedChoices, ScopedChoices, admin.TabularInline):
    model = Assignment
    form = ChineseForm
    extra = 0

    def get_extra(self, request, obj=None, **kwargs):
        """A new account needs one."""
        return 0 if obj else 1

    def get_queryset(self, request):
        """With what its columns name."""
        named = ("area", "organization", "team", "user")
        return super().get_queryset(request).select_related(*named)


class AccountForm(MaskingForm):
    """An account; its password is never typed here."""

    class Meta:
        model = User
        fields = ("username", "name", "phone", "person", "is_active")
        widgets = {"username": forms.TextInput(attrs={"autocomplete": "off"})}


@admin.register(User)
class AccountAdmin(AccountPages, History, SearchedChoices, ScopedChoices, admin.ModelAdmin):
    form = AccountForm
    list_display = ("username", "name", "roles", "is_active", "must_change_password", "last_login")
    list_filter = ("is_active", "assignments__role")
    list_per_page = 50
    search_fields = ("username", "name")
    inlines = (AssignmentInline,)
    readonly_fields = ("last_login", "password_changed_at", "date_joined")

    def get_fieldsets(self, request, obj=None):
        """What is filled in, then what the portal noted."""
        noted = [("登记信息", {"fields": self.readonly_fields})] if obj else []
        return [(None, {"fields": AccountForm.Meta.fields}), *noted]

    def get_queryset(self, request):
        """Accounts entrusted with nothing outside the person's own area; emergency accounts never."""
        accounts = super().get_queryset(request)
        if request.user.is_superuser:
            return accounts.prefetch_related(_with_areas())
        elsewhere = Assignment.objects.filter(user=OuterRef("pk")).exclude(
            request.user.scope(Assignment)
        )
        return accounts.filter(~Exists(elsewhere), is_superuser=False).prefetch_related(
            _with_areas()
        )

    @admin.display(description="角色")
    def roles(self, account):
        """Role and area of each assignment in force."""
        today = timezone.localdate()
        current = [
            str(one)
            for one in account.assignments.all()
            if one.valid_from <= today and (one.valid_to is None or one.valid_to >= today)
        ]
        return "、".join(current) or "未授权"

    def has_change_permission(self, request, obj=None):
        """Nobody changes what they are entrusted with themselves."""
        return obj != request.user and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Accounts are switched off, so that the trail keeps a name for them."""
        return False


def _with_areas() -> Prefetch:
    return Prefetch("assignments", Assignment.objects.select_related("area"))
