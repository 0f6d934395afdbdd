"""Public lists: filtered by a declared form, paged, and strict about what the address says."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.views.generic import ListView

from suzhou_portal import keyset
from suzhou_portal.keyset import CursorPage


def key_of(text: str) -> int | None:
    """A record's key as an address or a button gives it; None for what can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def page_of(request: HttpRequest, queryset: QuerySet, size: int) -> CursorPage:
    """The page `?page=` leads to, or the first. Raises Http404 for what leads nowhere."""
    try:
        return keyset.page(queryset, request.GET.get("page", ""), size)
    except keyset.BadCursorError as error:
        raise Http404("没有这一页，或者它的地址已经失效。请从第一页翻起。") from error


class FilteredListView(ListView):
    """A list behind a filter set; a filter value that can't be is a 400 that says which."""

    filterset_class: type
    paginate_by = 20

    def records(self) -> QuerySet:
        """All records the list is about, before any filter."""
        raise NotImplementedError

    def asked(self) -> Any:
        """What the filters are given."""
        return self.request.GET

    def get_queryset(self):
        self.filterset = self.filterset_class(
            self.asked(), queryset=self.records(), request=self.request
        )
        if not self.filterset.is_valid():
            raise BadRequest(first_problem(self.filterset.form))
        return self.filterset.qs

    def paginate_queryset(self, queryset, page_size):
        """The page, in the places in which Django's view expects a paginator's."""
        page = page_of(self.request, queryset, page_size)
        return None, page, page.object_list, bool(page.previous or page.next)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"filter": self.filterset}


def first_problem(form) -> str:
    """What is wrong in the first field that is filled in wrongly, and which one that is."""
    name, messages = next(iter(form.errors.items()))
    return f"“{form.fields[name].label or name}”填写有误：{messages[0]}"


def only_missing(request: HttpRequest) -> bool:
    """Whether `?missing=1` asks for those alone of which something is missing. Raises BadRequest."""
    missing = request.GET.get("missing", "")
    if missing not in ("", "1"):
        raise BadRequest("只能看全部，或者只看有缺的（missing=1）。")
    return bool(missing)
