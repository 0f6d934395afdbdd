"""What anybody may see of the records of desks."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from suzhou_portal.areas.filters import AreaFilterSet
from suzhou_portal.desks import cells
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.files.models import Attachment
from suzhou_portal.files.views import served
from suzhou_portal.lists import FilteredListView
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.columns import text
from suzhou_portal.records.kinds import Kind, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public


@for_anybody
class PublicListView(FilteredListView):
    """The public records of a desk, with their public columns only."""

    template_name = "desks/public_list.html"
    filterset_class = AreaFilterSet

    def records(self):
        self.desk, self.public = _public(self.kwargs["name"])
        return _records(self.request, self.desk, self.public)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"public": self.public, "desk": self.desk}
        listed = self.public.columns, context["object_list"]
        return context | {"lines": cells.lines(*listed, "public_record", self.desk)}


@for_anybody
def public_detail(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """One public record."""
    desk, public, record = public_record(request, name, pk)
    context = {
        "desk": desk,
        "public": public,
        "record": record,
        # Not the record's own text, which may name a person.
        "name": text(record, public.columns[0]),
        "facts": cells.facts(public.facts or public.columns, record),
        "attachments": Attachment.objects.of(record) if public.files else None,
        "parties": _parties(public, record),
    }
    return render(request, "desks/public_detail.html", context)


@for_anybody
def public_file(request: HttpRequest, name: str, pk: int, file: int) -> FileResponse:
    """A file kept with a public record."""
    _, public, record = public_record(request, name, pk)
    if not public.files:
        raise Http404
    return served(get_object_or_404(Attachment.objects.of(record), pk=file))


def public_record(request: HttpRequest, name: str, pk: int) -> tuple[Kind, Public, Any]:
    """A record that anybody may see, with its kind and what is public of it. Raises Http404."""
    desk, public = _public(name)
    return desk, public, get_object_or_404(_records(request, desk, public), pk=pk)


def _parties(public: Public, record: Any) -> list[tuple[Party, str]]:
    said = {party: text(record, column) for party, column in public.parties.items()}
    return cells.parties(said) if said else []


def _public(name: str) -> tuple[Kind, Public]:
    with suppress(KeyError):
        desk = kinds.desk(name)
        if desk.public is not None:
            return desk, desk.public
    raise Http404("没有这个公开栏目。")


def _records(request: HttpRequest, desk: Kind, public: Public):
    records = public.records(site_as_of(request)).within(settings.PORTAL_AREA)
    return desk.with_related(records)
