"""The list of a desk: narrowed, sorted, remembered, and given as a file as it is shown."""

from typing import Any

from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.utils.http import urlencode

from suzhou_portal.desks import cells, ordering
from suzhou_portal.desks.exporting import FORMATS, exported
from suzhou_portal.desks.filters import filter_set, remembered_part
from suzhou_portal.desks.models import DeskView
from suzhou_portal.desks.reached import desk_for, place, record_above
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView

LOOKED_UP = ("q", "todo", "of", "page", "format")  # with these, somebody looks for something once


class DeskListView(FilteredListView):
    """The records the person sees."""

    template_name = "desks/list.html"

    def dispatch(self, request, *args, **kwargs):
        self.desk = desk_for(request, kwargs["name"])
        self.filterset_class = filter_set(self.desk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        """As the person had it last, where the address says nothing; with `?format=` as a file."""
        if not request.GET and (kept := DeskView.objects.filter(**self._kept).first()):
            return redirect(f"{request.path}?{kept.query}")
        if (wanted := request.GET.get("format", "")) not in ("", *FORMATS):
            raise BadRequest("只能导出为 Excel（xlsx）或 CSV。")
        if not wanted:
            response = super().get(request, *args, **kwargs)
            self._keep()
            return response
        return exported(request, self.desk, self.get_queryset(), wanted)

    @property
    def _kept(self) -> dict[str, Any]:
        return {"user": self.request.user, "desk": self.desk.name}

    def _keep(self) -> None:
        asked = self.request.GET
        if not asked or any(asked.get(name) for name in LOOKED_UP):
            return
        query = urlencode(remembered_part(self.desk, asked))
        if not query:
            DeskView.objects.filter(**self._kept).delete()
        elif not DeskView.objects.filter(**self._kept, query=query).exists():
            DeskView.objects.update_or_create(**self._kept, defaults={"query": query})

    def records(self):
        """What the person sees; with `?of=` those below that record."""
        records = self.desk.records(self.request.user)
        below = self.desk.parent and "of" in self.request.GET
        self.parent = record_above(self.request, self.desk) if below else None
        records = records.filter(**{self.desk.parent: self.parent}) if self.parent else records
        by = self.request.GET.get("by", "")
        return ordering.ordered(self.desk, records, by, site_as_of(self.request))

    def get_context_data(self, **kwargs):
        context, desk, day = super().get_context_data(**kwargs), self.desk, site_as_of(self.request)
        shown = cells.lines(desk.columns, context["object_list"], "desk_record", desk)
        return context | {
            "desk": desk,
            **place(self.parent),
            "lines": [(line, ordering.late_by(desk, line.record, day)) for line in shown],
            "heads": ordering.heads(desk, self.request),
            "by": self.request.GET.get("by", ""),
            "late_apart": self._late_apart(context["page_obj"]),
            "narrowed": any(value for name, value in self.request.GET.items() if name != "page"),
            "may_add": self.request.user.has_perm(desk.permission("add")),
            "pages": desk.pages_for(self.request.user),
        }

    def _late_apart(self, page: Any) -> list[Any]:
        """The to-dos under which what is overdue is found, where the list is too long for it to stand first."""
        if not page.capped or {"by", "todo"} & self.request.GET.keys():
            return []
        user, desk = self.request.user, self.desk
        return [one for one in ordering.overdue(desk) if user.has_perm(desk.permission(one.action))]
