"""What people do at the door, as their browser does it."""

import datetime
import re
import time

from django.urls import reverse
from django.utils.http import urlencode
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory

SIGN_IN, START = reverse("sign_in"), "/desk/"
WRONG_PASSWORD = "wrong horse battery"


def sign_in(client, username, password=PASSWORD, **more):
    """Send the sign-in form; `more` are further fields, or what the server notes of the request."""
    server = {name: more.pop(name) for name in list(more) if name.isupper()}
    return client.post(SIGN_IN, {"username": username, "password": password, **more}, **server)


def signed_in(client):
    """Whether this browser is let into a page that asks who one is."""
    return client.get(reverse("account")).status_code == 200


def asked_at(step, target=START):
    """The address of a step of the gate, which leads on to the target."""
    return f"{step}?{urlencode({'next': target})}"


def without_token(response):
    """The page, but for the token that is another each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def entrusted(role=Role.COMMUNITY, code=COMMUNITY, **fields):
    """An account with one assignment."""
    user = UserFactory(**fields)
    Assignment.objects.create(
        user=user, role=role, area=AreaFactory(code=code), valid_from=datetime.date(2022, 1, 1)
    )
    return user


def administrator(**fields):
    """Somebody who keeps the accounts of the district."""
    return entrusted(Role.ADMINISTRATOR, DISTRICT, **fields)


def with_device(user):
    """The person's authenticator, set up."""
    return TOTPDevice.objects.create(user=user, name="身份验证器")


def code_of(device):
    """What the authenticator shows now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    return f"{totp.token():06}"


def wrong_code_of(device):
    """What it does not show."""
    return f"{(int(code_of(device)) + 1) % 1_000_000:06}"
