"""Public lists: filtered by a declared form, paged, and strict about what the address says."""

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.views.generic import ListView


def key_of(text: str) -> int | None:
    """A record's key as an address or a button gives it; None for what can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def page_of(request: HttpRequest, queryset: QuerySet, size: int) -> Page:
    """The page `?page=` asks for, or the first. Raises Http404 for one that does not exist."""
    try:
        return Paginator(queryset, size).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("没有这一页。") from error


class FilteredListView(ListView):
    """A list behind a filter set; a filter value that can't be is a 400 that says which."""

    filterset_class: type
    paginate_by = 20

    def records(self) -> QuerySet:
        """All records the list is about, before any filter."""
        raise NotImplementedError

    def get_queryset(self):
        self.filterset = self.filterset_class(
            self.request.GET, queryset=self.records(), request=self.request
        )
        if not self.filterset.is_valid():
            raise BadRequest(_first_problem(self.filterset.form))
        return self.filterset.qs

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"filter": self.filterset}


def _first_problem(form) -> str:
    name, messages = next(iter(form.errors.items()))
    return f"“{form.fields[name].label or name}”填写有误：{messages[0]}"
