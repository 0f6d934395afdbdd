"""The word that a form carries of whose it is and which, and what is kept of what arrives with it."""

import datetime
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from suzhou_portal.desks.models import MOST_FILES, Draft
from suzhou_portal.nightly import nightly
from suzhou_portal.texts import cleaned

DRAFT = "draft"  # the hidden field with the form's word, and in an address the key of a draft
KEEP = "keep"  # the button that only keeps; the script that does so by itself says `script`
FIND = "find"  # the button of a field that looks something up, with the field's name
REMOVE = "remove"  # the button beside a file, with its key
NOT_TYPED = ("csrfmiddlewaretoken", DRAFT, KEEP, FIND, REMOVE)
_SALT = "suzhou_portal.desks.drafts"  # as words say that were signed before


@dataclass(frozen=True)
class Word:
    """What a form says of itself: who was shown it, its own key, its address, what it is called, and whether
    its view takes the files of a draft; else they are left to it as they came.
    """

    user: int
    key: str
    address: str
    title: str
    files: bool = False

    def signed(self) -> str:
        """As the form carries it."""
        told = [self.user, self.key, self.address, self.title, self.files]
        return signing.dumps(told, salt=_SALT, compress=True)


def word_of(request: HttpRequest) -> Word | None:
    """What the form says that was sent; None where it says nothing that we wrote."""
    try:
        told = signing.loads(request.POST.get(DRAFT, ""), salt=_SALT, max_age=_term())
    except signing.BadSignature:
        return None
    return Word(*told)


def keep(request: HttpRequest, word: Word) -> Draft | None:
    """Keep what was sent, with its files; None where that form was sent already."""
    data = {
        cleaned(name): [cleaned(one) for one in values]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }
    told = {"address": word.address, "title": word.title, "user_id": word.user}
    with transaction.atomic():
        draft, new = Draft.objects.select_for_update().get_or_create(
            pk=word.key, defaults=told | {"data": data}
        )
        if draft.sent or draft.user_id != word.user:
            return None
        if not new:
            draft.data = data
            draft.save(update_fields=["data", "at"])
        if word.files:
            _keep_files(request, draft)
    return draft


def _keep_files(request: HttpRequest, draft: Draft) -> None:
    """Files that may be kept are the draft's from now on; those that may not, the form's to refuse."""
    left: MultiValueDict = MultiValueDict()
    room = MOST_FILES - draft.files.count() if request.FILES else 0
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            with suppress(ValidationError):
                if room > 0:
                    draft.keep(upload)
                    room -= 1
                    continue
            upload.seek(0)
            left.appendlist(name, upload)
    if request.FILES:
        request._files = left  # type: ignore[attr-defined]


def _term() -> datetime.timedelta:
    return datetime.timedelta(days=settings.DRAFT_DAYS)


@nightly
def forget(_day: datetime.date) -> None:
    """Drafts past their term go, with their files."""
    Draft.objects.filter(at__lt=timezone.now() - _term()).delete()
