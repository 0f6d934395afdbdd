"""可能重复: two records that may be one, side by side, for whoever may merge them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse

from suzhou_portal.areas.codes import inside
from suzhou_portal.areas.models import Area
from suzhou_portal.lists import page_of
from suzhou_portal.merging.finding import hanging, merging_kinds, open_to, pairs, suspected, theirs
from suzhou_portal.merging.forms import TwinsForm
from suzhou_portal.merging.merge import GONE, keep_apart, merge
from suzhou_portal.merging.models import Verdict, stands_for
from suzhou_portal.methods import require_safe
from suzhou_portal.records.columns import named_with
from suzhou_portal.records.kinds import Kind

PAGE = 25


@require_safe
def listed(request: HttpRequest, kind: str) -> HttpResponse:
    """The pairs of one kind, as far as the person may merge them; with `?area=` those inside a division."""
    chosen = _kind(request, kind)
    records: Any = suspected(request.user, chosen.model)
    places = _places(request, chosen)
    if code := request.GET.get("area", ""):
        if code not in {area.pk for area in places}:
            raise Http404("没有这个地区，或者不在您的管辖范围内。")
        records = records.within(code)
    named = ("area", *named_with(chosen.model))
    page = page_of(request, records.select_related(*named).order_by("-pk"), PAGE)
    found = pairs(request.user, page.object_list)
    hangs = hanging(chosen.model, {one.pk for pair in found for one in pair})
    context = {
        "kind": chosen, "slug": kind, "page": page, "places": places, "area": code,
        "pairs": [[(one, hangs[one.pk].total()) for one in pair] for pair in found],
        "others": [(_slug(one), one.noun) for one in open_to(request.user) if one is not chosen],
    }  # fmt: skip
    return render(request, "merging/list.html", context)


def pair(request: HttpRequest, kind: str, older: int, later: int) -> HttpResponse:
    """Two records side by side: they are merged, or it is remembered that they are two."""
    chosen = _kind(request, kind)
    named = ("area", *named_with(chosen.model))
    mine = theirs(request.user, chosen.model).select_related(*named)
    two = list(mine.filter(pk__in=[older, later]).order_by("pk"))
    if len(two) < 2:
        return _overtaken(request, chosen, older, later)
    hangs = hanging(chosen.model, {older, later})
    form = TwinsForm(request.POST or None, two, hangs)
    if request.method == "POST" and (done := _judged(request, chosen, form)):
        return done
    context = {
        "kind": chosen, "slug": kind, "form": form,
        "kept_as": f"是不是同一个{chosen.noun}：{'、'.join(map(str, two))}",
        "two": [(one, sorted(hangs[one.pk].items()), _page(one)) for one in two],
        "apart": Verdict.objects.about(chosen.model).filter(
            same=False, kept_id=older, other_id=later
        ).first(),
    }  # fmt: skip
    return TemplateResponse(request, "merging/pair.html", context)


@require_safe
def merged(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What went into a record, for whoever sees it."""
    chosen = next((one for one in merging_kinds() if _slug(one) == kind), None)
    if chosen is None:
        raise Http404
    if not chosen.open_to(request.user):
        raise PermissionDenied
    named = ("area", *named_with(chosen.model))
    record: Any = get_object_or_404(chosen.records(request.user).select_related(*named), pk=pk)
    went = Verdict.objects.merged_into(record)
    context = {
        "kind": chosen,
        "record": record,
        "page": page_of(request, went, PAGE),
        "back": _page(record),
    }
    return render(request, "merging/merged.html", context)


# --- what they share


def _slug(kind: Kind) -> str:
    return str(kind.model._meta.model_name)


def _kind(request: HttpRequest, name: str) -> Kind:
    """The kind of that name, where the person may merge its records. Raises Http404 or PermissionDenied."""
    if name not in {_slug(one) for one in merging_kinds()}:
        raise Http404("没有这类记录。")
    for one in open_to(request.user):
        if _slug(one) == name:
            return one
    raise PermissionDenied


def _places(request: HttpRequest, kind: Kind) -> list[Area]:
    """The divisions directly inside those in which the person may merge."""
    user: Any = request.user
    roots = user.roots(kind.model, "delete")
    return list(Area.objects.filter(inside("code", roots), parent__in=roots))


def _page(record: Any) -> str:
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])


def _overtaken(request: HttpRequest, kind: Kind, *keys: int) -> HttpResponse:
    """One of the two is no more there: merged meanwhile, or never the person's."""
    known = Verdict.objects.about(kind.model).filter(same=True, other_id__in=keys).first()
    if known and theirs(request.user, kind.model).filter(pk=known.kept_id).exists():
        messages.info(request, f"“{known.other_name}”已由{known.by_name or '系统'}并入另一条记录。")
        return redirect("merged_records", _slug(kind), stands_for(kind.model, known.other_id))
    raise Http404(GONE)


def _judged(request: HttpRequest, kind: Kind, form: TwinsForm) -> HttpResponse | None:
    """Where to go on, once the pair is judged; else the form says why it is not."""
    try:
        if "apart" in request.POST:
            keep_apart(*form.two, by=request.user)
            messages.success(request, "已记下：不是同一个，以后不再提示。")
            return redirect("twins", _slug(kind))
        if not form.is_valid():
            return None
        kept, gone, values = form.outcome()
        said = f"已把“{gone}”并入“{kept}”。"
        merge(kept, gone, by=request.user, values=values)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(request, said)
    return redirect("merged_records", _slug(kind), kept.pk)
