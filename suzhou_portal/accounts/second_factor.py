"""One-time codes (TOTP, RFC 6238) as a second factor, kept by django-otp."""

import base64
import time

import segno
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp import match_token, user_has_device
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from suzhou_portal.accounts.models import User

KEY = "second_factor_key"  # in the session


def has_one(user: User) -> bool:
    """Whether the person has set one up."""
    return user_has_device(user)


def begun(request: HttpRequest) -> TOTPDevice:
    """The device being set up: its key stays in the session until a first code confirms it."""
    key = request.session.setdefault(KEY, random_hex(20))
    return TOTPDevice(user=request.user, key=key, name="身份验证器")


def confirm(request: HttpRequest, device: TOTPDevice, code: str) -> bool:
    """Whether the code is the device's; it is then kept and counts from now on."""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = time.time()
    if not clock.verify(int(code), device.tolerance):
        return False
    device.confirmed, device.drift, device.last_t = True, clock.drift, clock.t()
    device.save()
    request.session.pop(KEY)
    _pass(request, device)
    return True


def verify(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the code is one of the person's devices'. Wrong ones slow down the next try."""
    device = match_token(user, code)
    if device is None:
        return False
    _pass(request, device)
    return True


def remove(user: User) -> None:
    """Forget the person's devices; they sign in with the password alone, or set up a new one."""
    TOTPDevice.objects.filter(user=user).delete()


def key(device: TOTPDevice) -> str:
    """The key as authenticators want it typed: base32, in groups of four."""
    text = base64.b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(device: TOTPDevice) -> str:
    """A QR code of the device as an SVG without inline style, of whatever size the page gives it."""
    return segno.make(device.config_url).svg_inline(border=4, omitsize=True)


def _pass(request: HttpRequest, device: TOTPDevice) -> None:
    request.session.cycle_key()  # a session known to others does not rise with the person
    otp_login(request, device)
