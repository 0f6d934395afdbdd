"""The page on which many accounts are opened at once, and their letters fetched, this once."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suzhou_portal.accounts.models import User
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.downloads import disposition
from suzhou_portal.imports import blank, letters
from suzhou_portal.imports.account_rows import ACCOUNTS, MOST, AccountPlan, opened, planned
from suzhou_portal.imports.forms import AccountListForm
from suzhou_portal.imports.views import workbook_response
from suzhou_portal.methods import require_safe
from suzhou_portal.papers import pdf, word

MAY = ("accounts.add_user", "accounts.add_assignment")
KINDS = {"pdf": pdf.MEDIA_TYPE, "docx": word.MEDIA_TYPE}


@permission_required(MAY, raise_exception=True)
def open_accounts(request: HttpRequest) -> HttpResponse:
    """A file is looked at; or its accounts are opened, and the answer is their letters."""
    form = AccountListForm(request.POST or None, request.FILES or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        kind = next((one for one in KINDS if one in request.POST), "")
        try:
            plan, answer = _acted(request, form.cleaned_data["file"].read(), kind)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            if answer is not None:
                return answer
    context = {"form": form, "plan": plan, "columns": blank.explained(ACCOUNTS), "most": MOST}
    return render(request, "imports/accounts.html", context)


@require_safe
@permission_required(MAY, raise_exception=True)
def account_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    return workbook_response(blank.workbook(ACCOUNTS), "批量开通账号（模板）")


@transaction.atomic  # without its letter nobody would know the password of an account
def _acted(request: HttpRequest, data: bytes, kind: str) -> tuple[AccountPlan, HttpResponse | None]:
    if not kind:
        return planned(data, request.user), None
    plan, made = opened(data, request.user)
    if not made:
        return plan, None
    body = letters.render(made, request.build_absolute_uri(reverse("sign_in")))
    note = f"批量开通账号{len(made)}个，下载开通信"
    trail.record(Action.EXPORT, model=User._meta.label_lower, note=note)
    body = pdf.of_word(body) if kind == "pdf" else body
    response = HttpResponse(body, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = disposition(f"{letters.TITLE}.{kind}")
    response.headers["Cache-Control"] = "no-store"
    return plan, response
