"""The admin as district clerks see it: its names, its order, and how choices are told apart."""

import functools

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest

from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.figures.scope import demonstration

# Daily work first, what is set up once after it.
ORDER = (
    "communities", "organizations", "volunteers", "charity",
    "areas", "figures", "accounts", "auth",
)  # fmt: skip


class Choices(AutocompleteJsonView):
    """What a search field offers: a name alone would not tell two people of that name apart."""

    def get_queryset(self):
        """The choices, with what their texts need."""
        choices = super().get_queryset()
        return choices.select_related("area") if issubclass(choices.model, AreaRecord) else choices

    def serialize_result(self, obj, to_field_name):
        """The choice, and beside its name where it stands."""
        result = super().serialize_result(obj, to_field_name)
        if isinstance(obj, AreaRecord):
            result["text"] = f"{obj}（{obj.area}）"
        elif isinstance(obj, Area):
            result["text"] = f"{obj}（{obj.code}）"
        return result


class PortalAdminSite(admin.AdminSite):
    """五社联动工作台."""

    site_header = site_title = "五社联动工作台"
    index_title = "数据管理"
    enable_nav_sidebar = False  # it would take from the lists the width they need

    def each_context(self, request):
        """What every page shows; `demonstration` is what its banner speaks of."""
        return {**super().each_context(request), "demonstration": demonstration(request)}

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

    def get_app_list(self, request, app_label=None):
        """The groups of records in the order of ORDER."""
        return sorted(
            super().get_app_list(request, app_label), key=lambda app: ORDER.index(app["app_label"])
        )

    def autocomplete_view(self, request):
        """Answers search fields."""
        return Choices.as_view(admin_site=self)(request)
