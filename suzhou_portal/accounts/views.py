"""Signing in and out, one's own password and second factor."""

from axes.decorators import axes_dispatch
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from suzhou_portal.accounts import second_factor
from suzhou_portal.accounts.forms import CodeForm, NewPasswordForm, SignInForm
from suzhou_portal.accounts.limits import OWN_PASSWORD, too_many_failures
from suzhou_portal.accounts.models import User
from suzhou_portal.accounts.signals import note_failure
from suzhou_portal.audit.enums import Action
from suzhou_portal.methods import require_POST


@method_decorator([never_cache, login_not_required], name="dispatch")
class SignInView(auth_views.LoginView):
    """One answer for a wrong account and a wrong password: nobody learns which accounts exist."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_success_url(self):
        """Where the person was going; not back to this page, which would lead nowhere."""
        target = super().get_success_url()
        back_here = target.partition("?")[0] == self.request.path
        return self.get_default_redirect_url() if back_here else target

    def post(self, request, *args, **kwargs):
        """Refuse an address that has tried too much; axes sees to single accounts."""
        if too_many_failures(request):
            note_failure(Action.LOCKED_OUT, request, "来访地址失败次数过多")
            return locked_out(request)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """On a demonstration site, with its accounts; without Django's `site`, which hides ours."""
        context = super().get_context_data(**kwargs)
        del context["site"], context["site_name"]
        shown = User.objects.filter(is_demo=True, is_active=True)
        return context | {"demo_accounts": shown.prefetch_related("assignments__area")}


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """429, the same whether or not the account exists."""
    context = {"minutes": settings.LOCKOUT_MINUTES}
    response = render(request, "accounts/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(settings.LOCKOUT_MINUTES * 60)
    return response


sign_in = axes_dispatch(SignInView.as_view())
# Open to all: whose session has ended meanwhile is signed out already.
sign_out = login_not_required(require_POST(auth_views.LogoutView.as_view(next_page="home")))


def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one may do."""
    return render(
        request,
        "accounts/account.html",
        {"second_factor": second_factor.has_one(request.user)},  # type: ignore[arg-type]
    )


class PasswordView(auth_views.PasswordChangeView):
    """A new password; other sessions of the account end."""

    template_name = "accounts/password.html"
    form_class = NewPasswordForm

    def get_success_url(self):
        return _next(self.request)

    def post(self, request, *args, **kwargs):
        """A session left open is no way to guess the password either."""
        if OWN_PASSWORD.is_guessed(request.user.pk):
            return locked_out(request)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        """A wrong old password is written down."""
        if "old_password" in form.errors and form.data.get("old_password"):
            OWN_PASSWORD.note(form.user.pk)
        return super().form_invalid(form)

    def form_valid(self, form):
        """Note when, and that the one-time password is done with."""
        form.user.must_change_password = False
        form.user.password_changed_at = timezone.now()
        messages.success(self.request, "密码已修改。")
        return super().form_valid(form)


def second_factor_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the person's device."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.verify(request, request.user, form.cleaned_data["code"]):  # type: ignore[arg-type]
            return redirect(_next(request))
        note_failure(Action.SIGN_IN_FAILED, request, "验证码不正确")
        form.add_error("code", "验证码不正确或已过期，请稍候片刻再输入新的验证码。")
    return render(request, "accounts/second_factor.html", {"form": form})


def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Set up a device: shown once, confirmed by a first code."""
    device = second_factor.begun(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if second_factor.confirm(request, device, form.cleaned_data["code"]):
            messages.success(request, "两步验证已启用。")
            return redirect(_next(request))
        form.add_error("code", "验证码不正确：请核对手机时间，再输入新的验证码。")
    context = {
        "form": form, "picture": second_factor.picture(device), "key": second_factor.key(device),
    }  # fmt: skip
    return render(request, "accounts/second_factor_setup.html", context)


def _next(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else str(settings.LOGIN_REDIRECT_URL)
