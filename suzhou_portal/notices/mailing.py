"""Mail that says there are notices: no more than how many, and where they are read.

The notices are claimed, and that is committed, when the mail server is reached and before it is given the
mail. So a process killed before has sent nothing and the next one sends; killed in between, nobody knows
whether the server took the mail, and it is not sent again: the notice stands in the inbox all the same.
"""

import datetime
import logging
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from suzhou_portal.areas.scope import area_of
from suzhou_portal.notices.models import MailAddress, Notice

EVERY = datetime.timedelta(hours=1)  # nobody gets more than one mail in that time
TRIED_FOR = datetime.timedelta(days=3)  # what could not be sent until then is in the inbox only
_log = logging.getLogger(__name__)


def due() -> QuerySet:
    """Notices of which no mail has told."""
    since = timezone.now() - TRIED_FOR
    return Notice.objects.unread().filter(mailed_at=None, at__gt=since)


def post() -> bool:
    """Send mail to everybody to whom it is due; whether any is left for later."""
    mine = due().filter(user=OuterRef("user"))
    waiting = MailAddress.objects.filter(Exists(mine), user__is_active=True)
    sent = [_sent(one) for one in waiting.order_by("pk")]
    return not all(sent)


def _sent(to: MailAddress) -> bool:
    """Whether nothing is left to send there."""
    connection, number = get_connection(), None
    try:
        connection.open()
        number = _claimed(to)
        if number:
            _message(to, number, connection).send()
        return number is not None
    except (SMTPException, OSError) as error:
        _log.warning("mail to account %s: %s", to.user_id, type(error).__name__)
        if number and _is_put_off(error):
            Notice.objects.filter(user=to.user_id, mailed_at=to.last_used_at).update(mailed_at=None)
            return False
        return bool(number)  # refused for good, or nobody knows: told in the inbox only
    finally:
        connection.close()


def _is_put_off(error: Exception) -> bool:
    """Whether the server took nothing and says to come again, as one does to whom it does not know yet."""
    codes = [getattr(error, "smtp_code", 0)]
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return all(400 <= code < 500 for code in codes)


@transaction.atomic
def _claimed(to: MailAddress) -> int | None:
    """How many unread notices the mail speaks of, claimed by whoever gets here first: 0 where there is
    nothing new, None where the person had a mail just before.
    """
    stored = MailAddress.objects.select_for_update().get(pk=to.pk)
    now = timezone.now()
    if stored.last_used_at and stored.last_used_at > now - EVERY:
        return None
    if not due().filter(user=to.user_id).update(mailed_at=now):
        return 0
    to.last_used_at = now
    to.save(update_fields=["last_used_at"])
    return Notice.objects.unread().filter(user=to.user_id).count()


def _message(to: MailAddress, number: int, connection: Any) -> EmailMessage:
    portal = area_of(settings.PORTAL_AREA)
    return EmailMessage(
        f"{portal or ''}五社联动门户：您有{number}条未读通知",
        f"您有{number}条未读通知。请登录门户查看：\n{settings.PORTAL_URL}/notices/\n\n"
        f"不想再收到邮件，请在“我的账号—通知邮箱”中停用：\n{settings.PORTAL_URL}/account/mail/\n",
        to=[to.address],
        connection=connection,
    )
