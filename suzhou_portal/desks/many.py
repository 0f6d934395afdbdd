"""Many records of one kind below one record, on one page: whom they are about is searched for and chosen,
each has a line, and a line that can't be saved keeps none of the others back.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.desks import choosing, drafts
from suzhou_portal.desks.forms import first_values, record_form
from suzhou_portal.desks.reached import desk_for, place, record_above
from suzhou_portal.desks.saving import stored
from suzhou_portal.desks.views import blank_for
from suzhou_portal.records.kinds import Kind, kinds

MOST = 100  # lines of one page
CHOSEN, SAVE, ALIKE = "chosen", "save", "alike"


class LinesChoice(forms.Form):
    """Whom, or which, the lines are about."""

    def __init__(self, data: QueryDict | None, *, user: Any, desk: Kind, blank: Any) -> None:
        super().__init__()
        relation: Any = desk.model._meta.get_field(desk.many)
        allowed = choices_for(user, desk.model, relation)
        offered = relation.related_model._default_manager.all() if allowed is None else allowed
        field = forms.ModelMultipleChoiceField(
            offered, widget=choosing.ManyChooser, label=relation.verbose_name
        )
        self.fields[CHOSEN], widget = field, field.widget
        widget.field, widget.user, widget.label = field, user, relation.verbose_name
        widget.refusals = lambda found: blank.refusals(relation.name, found)
        self.keys: list[str] = []
        if data is not None:
            widget.asked = data.get(choosing.find_name(CHOSEN), "").strip()
            self.keys = [key for key in data.getlist(CHOSEN) if widget.is_key(key)][:MOST]
        self.initial[CHOSEN] = self.keys

    def records(self) -> list[Any]:
        """Those chosen, as they were found."""
        field: Any = self.fields[CHOSEN]
        return list(field.queryset.filter(pk__in=self.keys)) if self.keys else []


def many(request: HttpRequest, name: str) -> HttpResponse:
    """Choose, fill in the lines, save those that can be; the others stay with what is wrong."""
    desk = desk_for(request, name, "add")
    parent = record_above(request, desk)
    if not desk.many or parent is None:
        raise Http404("这类记录不能一次登记多条。")
    judged = request.method == "POST" and SAVE in request.POST and drafts.FIND not in request.POST
    data = request.POST if request.method == "POST" else drafts.typed(request)
    choice = LinesChoice(data, user=request.user, desk=desk, blank=blank_for(request, desk, parent))
    lines = _lines(request, desk, parent, choice, data, judged=judged)
    if judged and lines and not (lines := _saved(request, desk, lines)):
        above: Any = kinds.desk_of(type(parent))
        return redirect("desk_record", above.name, parent.pk)
    choice.initial[CHOSEN] = [line.about.pk for line in lines]
    context = {"desk": desk, "choice": choice, "lines": lines, "judged": judged, **place(parent)}
    context |= drafts.context(request, f"一次登记多条{desk.noun}：{parent}")
    return render(request, "desks/many.html", context)


def _lines(
    request: HttpRequest,
    desk: Kind,
    parent: Any,
    choice: LinesChoice,
    data: QueryDict | None,
    *,
    judged: bool,
) -> list[Any]:
    """The form of each record chosen, with what was typed in it."""
    chosen = choice.records()
    made = record_form(desk, request.user, parent)
    first = first_values(desk, request.user, parent)
    places = _places(made, chosen) if "area" in made.base_fields else {}
    lines: list[Any] = []
    for one in chosen:
        known = {desk.many: one.pk} | places.get(one.pk, {})
        line: Any = made(
            data if judged else None, instance=blank_for(request, desk, parent),
            initial=first | known, prefix=f"line-{one.pk}",
        )  # fmt: skip
        line.about = one
        for name in known:
            line.fields[name].widget = forms.HiddenInput()
        if not judged and data is not None and f"{line.prefix}-{desk.many}" in data:
            drafts.filled(line, data)
        lines.append(line)
    if data is not None and ALIKE in data:
        _fill_alike(lines)
    _share_choices(lines)
    return lines


def _fill_alike(lines: list[Any]) -> None:
    """What is blank in a line says what the first one says there; whoever sends them sees it before."""
    for line in lines[1:]:
        for field in lines[0].visible_fields():
            if line.initial.get(field.name) in (None, ""):
                line.initial[field.name] = lines[0].initial.get(field.name)


def _share_choices(lines: list[Any]) -> None:
    """What a list offers is read once for all lines."""
    for name in lines[0].fields if lines else ():
        fields = [line.fields[name] for line in lines]
        if isinstance(fields[0].widget, forms.Select) and hasattr(fields[0], "queryset"):
            choices = list(fields[0].choices)
            for field in fields:
                field.widget.choices = choices


def _places(made: Any, chosen: list[Any]) -> dict[Any, dict[str, str]]:
    """Where the line of each may stand since it stands there itself: that is not asked again."""
    allowed = made.base_fields["area"].queryset.filter(pk__in=[one.area_id for one in chosen])
    codes = {*allowed.values_list("pk", flat=True)}
    return {one.pk: {"area": one.area_id} for one in chosen if one.area_id in codes}


def _saved(request: Any, desk: Kind, lines: list[Any]) -> list[Any]:
    """Save the lines that can be, each by itself; returns the others."""
    left = []
    for line in lines:
        with transaction.atomic():
            if not (line.is_valid() and stored(line)):
                left.append(line)
    if count := len(lines) - len(left):
        rest = f"还有{len(left)}条没有登记，原因写在各行。" if left else ""
        messages.success(request, f"已登记{count}条{desk.noun}。{rest}")
    if draft := getattr(request, "draft", None):
        draft.drop([line.prefix for line in lines if line not in left], CHOSEN)
    return left
