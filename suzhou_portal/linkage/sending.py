"""Sending a short message to a phone: to a file and the log by default, through a gateway by setting."""

import json
import logging
import urllib.request

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger(__name__)
TIMEOUT = 10  # seconds


def send(phone: str, text: str) -> bool:
    """Send the text; whether it went out. A gateway that does not answer is logged, never raised.

    Without `SMS_GATEWAY` the message is a line of `sms.log` below PORTAL_STATE, for whoever runs the portal.
    With it, phone and text are posted there as JSON; `SMS_TOKEN` goes along as a bearer token.
    """
    if not settings.SMS_GATEWAY:
        log = settings.PORTAL_STATE / "sms.log"
        log.touch(mode=0o600)  # phones and codes are for whoever runs the portal alone
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{timezone.localtime():%Y-%m-%d %H:%M:%S} {phone} {text}\n")
        return True
    request = urllib.request.Request(  # noqa: S310 - the address is the district's own setting
        settings.SMS_GATEWAY,
        json.dumps({"phone": phone, "text": text}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return 200 <= answer.status < 300
    except OSError:
        logger.exception("the gateway of short messages does not answer")
        return False
