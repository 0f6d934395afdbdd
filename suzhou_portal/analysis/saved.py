"""What a signed-in person keeps of the analysis desk: their own only, added, renamed, deleted."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from suzhou_portal.accounts.models import User
from suzhou_portal.analysis.asking import asked_for
from suzhou_portal.analysis.forms import ViewNameForm
from suzhou_portal.analysis.models import SavedView
from suzhou_portal.desks import drafts
from suzhou_portal.lists import first_problem
from suzhou_portal.methods import require_POST

MOST = 50  # that one person keeps
RENAMED = (
    "view"  # the field that says of which one a name is typed anew; blank where it is a new one's
)


@dataclass(frozen=True)
class Naming:
    """A form in which a table is named: the one it renames, if any, what it shows as the name, and its word."""

    view: SavedView | None
    name: str
    word: str


def saved_by(request: HttpRequest) -> dict[str, Any]:
    """What the page needs of what the person has saved, to rename each and to add one; nothing for visitors."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    typed = drafts.typed(request)
    views = [*SavedView.objects.filter(user=user), None]
    *saved, new = [_naming(request, view, typed) for view in views]
    return {"saved": saved, "new": new, "opened": "draft" in request.GET}


def _naming(request: HttpRequest, view: SavedView | None, typed: QueryDict | None) -> Naming:
    title = f"给分析改名：{view.name}" if view else "保存分析"
    mine = typed is not None and typed.get(RENAMED, "") == (str(view.pk) if view else "")
    name = typed.get("name", "") if typed is not None and mine else view.name if view else ""
    return Naming(view, name, drafts.word_for(request, title, named=mine))


@require_POST
@transaction.atomic
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the table of the address under a name; under a name already given, it takes the other's place."""
    asked, user = asked_for(request), _alone(request)
    name, mine = _name(request), SavedView.objects.filter(user=user)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise BadRequest(f"最多保存{MOST}个，请先删除不用的。")
    view, _ = mine.update_or_create(user=user, name=name, defaults={"query": asked.query})
    messages.success(request, f"已保存为“{view.name}”。")
    return redirect(view)


@require_POST
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename one's own, or with `delete` delete it. Raises Http404 for another's."""
    user: Any = request.user
    view = get_object_or_404(SavedView, user=user, pk=pk)
    if "delete" in request.POST:
        view.delete()
        messages.success(request, f"已删除“{view.name}”。")
        return redirect("analysis")
    view.name = _name(request)
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        raise BadRequest("已经有一个同名的分析，请换一个名称。") from None
    messages.success(request, f"已改名为“{view.name}”。")
    return redirect(view)


def _alone(request: HttpRequest) -> User:
    """The person, who until the end of the transaction saves nothing else: so that none counts past MOST."""
    user: Any = request.user
    return User.objects.select_for_update().get(pk=user.pk)


def _name(request: HttpRequest) -> str:
    form = ViewNameForm(request.POST)
    if not form.is_valid():
        raise BadRequest(first_problem(form))
    return form.cleaned_data["name"]
