"""One-time codes (TOTP, RFC 6238) as a second factor, kept by django-otp."""

import segno
from django.http import HttpRequest
from django_otp import devices_for_user
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from suzhou_portal.accounts.models import User


def has_one(user: User) -> bool:
    """Whether the person has set one up."""
    return any(devices_for_user(user))


def unconfirmed(user: User) -> TOTPDevice:
    """The device being set up; the same one until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "身份验证器"}
    )
    return device


def confirm(request: HttpRequest, device: TOTPDevice, code: str) -> bool:
    """Whether the code is the device's; it then counts from now on."""
    if not device.verify_token(code):
        return False
    device.confirmed = True
    device.save()
    otp_login(request, device)
    return True


def verify(request: HttpRequest, user: User, code: str) -> bool:
    """Whether the code is one of the person's devices'. Wrong ones slow down the next try."""
    for device in devices_for_user(user, for_verify=True):
        if device.verify_is_allowed()[0] and device.verify_token(code):
            otp_login(request, device)
            return True
    return False


def picture(device: TOTPDevice) -> str:
    """A QR code of the device as an SVG without inline style."""
    return segno.make(device.config_url).svg_inline(scale=5, border=2, omitsize=False)
