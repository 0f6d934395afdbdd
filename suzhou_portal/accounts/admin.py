"""Accounts, and what they are entrusted with, in the admin."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from suzhou_portal.accounts import second_factor
from suzhou_portal.accounts.history import History
from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.passwords import give_one_time_password
from suzhou_portal.accounts.personnel import suspend
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
        named = ("area", "organization", "team", "user")
        return super().get_queryset(request).select_related(*named)


class AccountForm(MaskingForm):
    """An account; its password is never typed here."""

    class Meta:
        model = User
        fields = ("username", "name", "phone", "person", "is_active")
        widgets = {"username": forms.TextInput(attrs={"autocomplete": "off"})}


@admin.register(User)
class AccountAdmin(History, SearchedChoices, admin.ModelAdmin):
    form = AccountForm
    change_form_template = "admin/accounts/user/change_form.html"
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
        held = Assignment.objects.select_related("area", "organization", "team")
        accounts = super().get_queryset(request).prefetch_related(Prefetch("assignments", held))
        if request.user.is_superuser:
            return accounts
        elsewhere = held.filter(user=OuterRef("pk")).exclude(request.user.scope(Assignment))
        return accounts.filter(~Exists(elsewhere), is_superuser=False)

    @admin.display(description="角色")
    def roles(self, account):
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

    # --- what an administrator does for the owner: a new password, or a lost second factor

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/first-password/", view(self.password_view),
                 name="accounts_user_first_password"),
            path("<path:object_id>/second-factor/", view(self.second_factor_view),
                 name="accounts_user_second_factor"),
            *super().get_urls(),
        ]  # fmt: skip

    def render_change_form(self, request, context, *args, **kwargs):
        """The form, told whether the account has a second factor to be removed."""
        account = context["original"]
        context["second_factor"] = account is not None and second_factor.has_one(account)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        """Show the one-time password, this once."""
        return self._first_password(request, obj)

    def password_view(self, request, object_id):
        """Ask, then give a new one-time password; the old one and its sessions end."""
        account = self._account(request, object_id)
        if request.method == "POST":
            return self._first_password(request, account)
        return self._page(request, account, "first_password", "重置密码")

    def second_factor_view(self, request, object_id):
        """Ask, then remove the second factor of an account whose owner has lost the phone."""
        account = self._account(request, object_id)
        if request.method == "POST":
            second_factor.remove(account)
            _suspend(request, account)
            self.message_user(request, f"已解除{account}的两步验证。")
            return redirect(reverse("admin:accounts_user_change", args=[account.pk]))
        return self._page(request, account, "remove_second_factor", "解除两步验证")

    def _account(self, request, object_id):
        # Asked in this order so that a role without accounts learns of none.
        if not self.has_change_permission(request):
            raise PermissionDenied
        account = self.get_object(request, unquote(object_id))
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        return account

    def _first_password(self, request, account):
        password = give_one_time_password(account)
        _suspend(request, account)
        return self._page(request, account, "first_password", "一次性密码", password=password)

    def _page(self, request, account, template, title, **context):
        return TemplateResponse(request, f"admin/{template}.html", {
            **self.admin_site.each_context(request),
            "title": f"{title}：{account}", "opts": self.opts, "account": account, **context,
        })  # fmt: skip


def _suspend(request, account):
    """An emergency account sees everything anyway."""
    if not request.user.is_superuser:
        suspend(account)
