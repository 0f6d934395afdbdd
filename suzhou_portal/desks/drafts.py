"""What is typed into a form of a desk survives: a session that ended, a browser that closed, an error.

Each form carries a signed word of whose it is and which (`DRAFT`). What arrives with that word is kept
before anything else is done with it, and let go once acting on it led somewhere.

A page says that its form is one by `context`; a view of a lower floor, or of the admin, by answering with a
template not drawn yet, in whose context `kept_as` is what the form is called and `form` the form.
"""

import uuid
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from suzhou_portal import errors
from suzhou_portal.accounts.once import arrived
from suzhou_portal.desks import admin_form
from suzhou_portal.desks.choosing import choosers, find_name
from suzhou_portal.desks.models import Draft, DraftFile
from suzhou_portal.desks.words import DRAFT, FIND, KEEP, REMOVE, Word, keep, word_of
from suzhou_portal.methods import require_POST


class DraftMiddleware(MiddlewareMixin):
    """Stands before whatever turns people away who are not signed in, or not any more."""

    def process_view(self, request, view, args, kwargs):
        """Keep what a form sends; go on to the view only where its author asks for more than that."""
        if request.method != "POST" or DRAFT not in request.POST:
            return None
        word = word_of(request)
        if word is None:
            return None
        arrived(request)
        author = _is_author(request, word)
        # Who only looks something up has it all on the page again; but for files, which a browser forgets.
        looks = author and FIND in request.POST and not request.FILES
        draft = Draft.objects.filter(pk=word.key).first() if looks else keep(request, word)
        if not author:
            return _for_later(request, word)
        request.draft = draft
        return _only_kept(request, draft)

    def process_template_response(self, request, response):
        """The form of a page that is not drawn yet has its word, and shows what the draft has of it."""
        page = response.context_data or {}
        if (
            title := page.get("kept_as") or admin_form.title(page)
        ) and request.user.is_authenticated:
            if (data := typed(request)) is not None:
                for form, prefix in admin_form.forms(page, data):
                    filled(form, data, prefix)
            response.context_data = page | context(request, title)
        return response

    def process_response(self, request, response):
        """What led on, and did not come back as the same form, is a draft no more."""
        draft = getattr(request, "draft", None)
        if draft is not None and response.status_code < 400 and not hasattr(request, "shows_form"):
            with suppress(DatabaseError):  # else it is only there once more
                draft.finish()
        return response


def _only_kept(request: Any, draft: Draft | None) -> HttpResponse | None:
    """The answer to who asked for no more than to keep it; that never acts, on a form sent before neither."""
    if draft is None:
        return _sent_before(request) if {KEEP, REMOVE} & request.POST.keys() else None
    if KEEP in request.POST:
        request.draft = None
        if request.POST[KEEP] == "script":
            return HttpResponse(status=204)
        messages.success(request, f"已存为草稿，保留{settings.DRAFT_DAYS}天。")
        return redirect(draft)
    if key := request.POST.get(REMOVE, ""):
        request.draft = None
        if key.isascii() and key.isdecimal():
            draft.files.filter(pk=key[:18]).delete()
        return redirect(draft)
    return None


def _sent_before(request: HttpRequest) -> HttpResponse:
    """To a slow script, and to a page that was gone back to."""
    if request.POST.get(KEEP) == "script":
        return HttpResponse(status=204)
    messages.info(request, "这张表已经提交过，没有再存草稿；要修改，请打开那条记录。")
    return redirect("desk_index")


def _is_author(request: HttpRequest, word: Word) -> bool:
    return request.user.is_authenticated and request.user.pk == word.user


def _for_later(request: HttpRequest, word: Word) -> HttpResponse:
    """Send whoever sent it to the form again, by way of signing in; nobody else is told what it holds."""
    if request.POST.get(KEEP) == "script":
        return HttpResponse(status=401)
    if request.user.is_authenticated and not _is_author(request, word):
        messages.error(request, "那一页是另一个账号打开的，没有保存；填写的内容留给那个账号。")
        return redirect("desk_index")
    messages.info(request, "登录已经过期。您填写的内容都在下面，核对后再按保存。")
    return redirect(Draft(key=word.key, address=word.address))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of ours that was shown before its author signed in again: its word shows that it is ours."""
    word = word_of(request) if request.method == "POST" else None
    if word is None or keep(request, word) is None:
        return errors.csrf_failure(request, reason)
    return _for_later(request, word)


@require_POST
def drop(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Throw away a draft of one's own."""
    for mine in Draft.objects.open_to(request.user).filter(pk=draft):
        mine.finish()
        messages.success(request, f"已删除草稿“{mine.title}”。")
    return redirect("desk_index")


# --- what a view of a form asks


def back(request: HttpRequest) -> HttpResponse | None:
    """To the page of the form again, with what was typed, where the form stands on another's page; None
    where what was sent is kept nowhere.
    """
    draft, request.draft = getattr(request, "draft", None), None  # type: ignore[attr-defined]
    return redirect(draft) if draft else None


def typed(request: HttpRequest) -> QueryDict | None:
    """What the form shows without judging it: the draft that the address names, or what was typed when
    something is only looked up. Raises Http404 for a draft that is not there.
    """
    if request.method == "POST":
        return request.POST if FIND in request.POST else None
    if DRAFT not in request.GET:
        return None
    return _named(request).typed


def sent(request: HttpRequest) -> QueryDict | None:
    """What is to be judged and saved; None where the form is only shown."""
    return request.POST if request.method == "POST" and FIND not in request.POST else None


def files_of(request: HttpRequest) -> list[DraftFile]:
    """The files kept with what is shown or sent."""
    draft = _named(request) if DRAFT in request.GET else getattr(request, "draft", None)
    return list(draft.files.all()) if draft else []


def fill(form: Any, request: HttpRequest) -> Any:
    """The form with what was typed in it, where it is shown without judging that."""
    data = typed(request)
    return form if data is None else filled(form, data)


def filled(form: Any, data: QueryDict, prefix: str = "") -> Any:
    """The form with this in it, unjudged; `prefix` is the one it was typed under, where not the form's."""

    def sent_as(name: str) -> str:
        return f"{prefix}-{name}" if prefix else form.add_prefix(name)

    for name, field in form.fields.items():
        if field.widget.needs_multipart_form:  # no browser sends a file to be shown again
            continue
        form.initial[name] = field.widget.value_from_datadict(data, {}, sent_as(name))
    for name, widget in choosers(form):
        widget.asked = data.get(find_name(sent_as(name)), "").strip()
    return form


def fill_rows(formset: Any, request: HttpRequest) -> None:
    """The forms of records with what was typed in each, whichever line the record stands in by now."""
    data = typed(request)
    if data is None:
        return
    lines = {data[name]: name.removesuffix("-id") for name in data if name.endswith("-id")}
    for form in formset:
        if line := lines.get(str(form.instance.pk)):
            filled(form, data, line)


def context(request: HttpRequest, title: str, *, files: bool = False) -> dict[str, Any]:
    """What the page of a form needs to be kept: its word, its files, and other drafts of it. `files` says
    that the view takes those of `files_of`.
    """
    request.shows_form = True  # type: ignore[attr-defined]
    if isinstance(word := word_of(request), Word):
        key = word.key
    else:
        key = str(_named(request).pk) if DRAFT in request.GET else str(uuid.uuid4())
    address = address_of(request)
    drafts = Draft.objects.open_to(request.user).exclude(pk=key)
    return {
        "word": Word(_author(request), key, address, title[:200], files).signed(),
        "draft_files": files_of(request),
        "drafts_here": [] if DRAFT in request.GET else list(drafts.filter(address=address)),
    }


def word_for(request: HttpRequest, title: str, *, named: bool) -> str:
    """The word of one of several forms of a page, which is sent elsewhere; `named` says that the address
    names this one's draft.
    """
    key = str(_named(request).pk) if named else str(uuid.uuid4())
    return Word(_author(request), key, address_of(request), title[:200]).signed()


def _author(request: HttpRequest) -> int:
    user: Any = request.user
    return user.pk


def _named(request: HttpRequest) -> Draft:
    """The draft the address names, once for a request."""
    if not hasattr(request, "named_draft"):
        with suppress(ValueError):
            key = uuid.UUID(request.GET[DRAFT])
            mine = Draft.objects.open_to(request.user)
            request.named_draft = mine.filter(pk=key, address=address_of(request)).first()  # type: ignore[attr-defined]
    draft = getattr(request, "named_draft", None)
    if draft is None:
        raise Http404("没有这份草稿：已经保存、已经删除，或者过了保留的期限。")
    return draft


def address_of(request: HttpRequest) -> str:
    """The address of a form, whichever of its drafts is open."""
    asked = request.GET.copy()
    asked.pop(DRAFT, None)
    return request.path + (f"?{asked.urlencode()}" if asked else "")
