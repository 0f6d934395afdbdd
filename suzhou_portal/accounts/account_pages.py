"""What an administrator does for the owner of an account: a new password, or a lost second factor."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from suzhou_portal.accounts import second_factor
from suzhou_portal.accounts.passwords import give_one_time_password
from suzhou_portal.accounts.personnel import suspend


class AccountPages(admin.ModelAdmin):
    """Two pages beside an account's form; who may change the account may open them."""

    change_form_template = "admin/accounts/user/change_form.html"

    def get_urls(self):
        """One address for each."""
        pages = {"first-password": self.password_view, "second-factor": self.second_factor_view}
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"accounts_user_{name.replace('-', '_')}",
                )
                for name, view in pages.items()
            ),
            *super().get_urls(),
        ]

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
