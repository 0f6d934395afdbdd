"""What volunteers get, and what their teams print: certificates of service, and lists to sign."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import segno
from django.urls import reverse

from suzhou_portal.formats import date
from suzhou_portal.records.printed import Printed, in_states, printed
from volunteers.models import Activity, ServiceCertificate

SQUARE = "二维码"  # what the template calls the picture in whose place it stands


def _square(certificate: ServiceCertificate, absolute: Callable[[str], str]) -> Mapping[str, bytes]:
    """The QR code that leads to where the certificate is verified."""
    address = absolute(f"{reverse('verify_certificate')}?code={certificate.code}")
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    return {SQUARE: picture.getvalue()}


def _worth(certificate: ServiceCertificate) -> str:
    revoked = certificate.revoked_on
    return f"本证明已于{date(revoked)}作废" if revoked else ""


def _signed_up(activity: Activity) -> list[dict[str, Any]]:
    services = activity.services.exclude(state="withdrawn").select_related("volunteer")
    return [
        {"name": one.volunteer.name, "about": one.volunteer.number}
        for one in services.order_by("pk")
    ]


CERTIFICATE = Printed(
    name="service-certificate", title="志愿服务证明", model=ServiceCertificate,
    says={
        "volunteer": "volunteer.name", "number": "volunteer.number", "from_on": "from_on",
        "to_on": "to_on", "activities": "activities", "hours": "hours", "services": "listed",
        "place": "area", "issued_on": "issued_on", "code": "spaced_code",
    },
    remark=_worth, unit="area", dated="issued_on", pictures=_square,
)  # fmt: skip
printed.add(
    CERTIFICATE,
    Printed(
        name="activity-sign-in", title="志愿活动签到表", model=Activity, template="sign-in",
        says={
            "topic": "title", "when": "when", "place": "place", "about": lambda _: "志愿者编号",
            "rows": _signed_up,
        },
        remark=in_states(open="", finished=""), unit="team.name", dated="updated_at",
    ),
)  # fmt: skip
