"""The admin as district clerks see it: its names, its order, and how choices are told apart."""

import functools

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.accounts.roles import permission
from suzhou_portal.accounts.views import sign_out
from suzhou_portal.areas.former_names import former_names, said
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.figures.scope import demonstration

# Daily work first, what is set up once after it.
ORDER = (
    "communities", "organizations", "volunteers", "charity", "linkage", "finding",
    "reporting", "reports", "areas", "calendars", "figures", "accounts", "audit", "service",
)  # fmt: skip


class Choices(AutocompleteJsonView):
    """What a search field offers: what the form will accept, and names that can be told apart."""

    def has_perm(self, request, obj=None):
        """Whoever may fill in the form may search its fields."""
        model = self.source_field.model
        return any(request.user.has_perm(permission(one, model)) for one in ("add", "change"))

    def get_queryset(self):
        """The choices of the person, searched, with what their texts need."""
        model_admin = self.model_admin
        allowed = choices_for(self.request.user, self.source_field.model, self.source_field)
        if allowed is None:  # no form offers it
            raise PermissionDenied
        ordered = allowed.order_by(*model_admin.get_ordering(self.request) or ["pk"])
        fields = model_admin.get_search_fields(self.request)
        found, duplicates = model_admin.get_search_results(self.request, ordered, self.term)
        found = found.distinct() if duplicates and fields else found
        return found.select_related("area") if issubclass(found.model, AreaRecord) else found

    def serialize_result(self, obj, to_field_name):
        """The choice, and beside its name where it stands."""
        result = super().serialize_result(obj, to_field_name)
        if isinstance(obj, AreaRecord):
            result["text"] = f"{obj}（{obj.area}）"
        elif isinstance(obj, Area):
            result["text"] = f"{said(obj.code, obj.name, self.former)}（{obj.code}）"
        return result

    @functools.cached_property
    def former(self):
        """The former names of divisions, asked for once."""
        return former_names()


class PortalAdminSite(admin.AdminSite):
    """五社联动工作台."""

    site_header = site_title = "五社联动工作台"
    index_title = "数据管理"
    enable_nav_sidebar = False  # it would take from the lists the width they need

    def has_permission(self, request):
        """Everybody with an account; what they find follows from their assignments."""
        return request.user.is_active and request.user.is_authenticated

    def each_context(self, request):
        """What every page shows; `demonstration` is what its banner speaks of."""
        return {**super().each_context(request), "demonstration": demonstration(request)}

    def index(self, request, extra_context=None):
        """The start page: the records, to be put right; or whom to ask."""
        user = request.user
        return super().index(request, {
            **(extra_context or {}),
            "assignments": user.current_assignments,
            "unassigned": not (user.current_assignments or user.is_superuser),
        })  # fmt: skip

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """The portal has one sign-in page."""
        query = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
        return redirect(f"{reverse('sign_in')}?{query}")

    @method_decorator(login_not_required)
    def logout(self, request, extra_context=None):
        return sign_out(request)

    def password_change(self, request, extra_context=None):
        return redirect("password")

    def admin_view(self, view, cacheable=False):
        """A view of the admin, which the database would fail on a NUL from a broken client."""

        @functools.wraps(view)
        def checked(request, *args, **kwargs):
            texts = [request.path]
            for query in (request.GET, request.POST):
                texts += [text for values in query.lists() for text in (values[0], *values[1])]
            if any("\0" in text for text in texts):
                raise BadRequest("地址或填写的内容中有无法识别的字符。")
            return view(request, *args, **kwargs)

        return super().admin_view(checked, cacheable)

    def get_urls(self):
        """Without the page that tells of any record, by its number, whether it exists."""
        known = super().get_urls()
        return [one for one in known if getattr(one, "name", None) != "view_on_site"]

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: ORDER.index(app["app_label"]))

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)
