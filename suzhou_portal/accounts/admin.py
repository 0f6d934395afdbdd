"""Accounts, and what they are entrusted with, in the admin."""

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from suzhou_portal.accounts.account_pages import AccountPages
from suzhou_portal.accounts.history import History
from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.record_form import ChineseForm, MaskingForm
from suzhou_portal.accounts.roles import ENTER, KEEP, Role, grant
from suzhou_portal.accounts.searched import SearchedChoices

grant(User, {Role.ADMINISTRATOR: ENTER})
grant(Assignment, {Role.ADMINISTRATOR: KEEP})


class AssignmentInline(SearchedChoices, admin.TabularInline):
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
class AccountAdmin(AccountPages, History, SearchedChoices, admin.ModelAdmin):
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
