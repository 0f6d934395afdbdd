"""Where the interface is, what may be asked for through it, and what has to be said with that."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from organizations.enums.base import ServiceCategory
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.linkage.enums.requests import KIND_OF
from suzhou_portal.linkage.open311.answers import FORMATS, ProblemError, answering
from suzhou_portal.methods import for_anybody
from volunteers.enums.visits import ResidentNeedKind

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-30 13:00"  # when services or their definitions were last changed in code
AREA = "area"  # the attribute that says in which community somebody lives
GROUP = "居民服务"
UNKNOWN_SERVICE = "service_code：没有这一类，见services。"


@for_anybody
@answering("discovery")
def discovery(request: HttpRequest) -> dict[str, Any]:
    """Where the interface is, and whom to ask for a key."""
    services = request.build_absolute_uri(reverse("open311_services", args=["json"]))
    contact = settings.SITE_IDENTITY["联系方式"] or None
    return {
        "changeset": CHANGED,
        "contact": contact,
        "key_service": "api_key由系统管理员发给对方系统"
        + (f"，请联系：{contact}" if contact else "。"),
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": services.removesuffix("/services.json"),
                "changeset": CHANGED,
                "type": "test" if demonstration(request) else "production",
                "formats": list(FORMATS.values()),
            }
        ],
    }


@for_anybody
@answering("services")
def services(request: HttpRequest) -> list[dict[str, Any]]:
    """What may be asked for: the kinds of request."""
    return [
        {
            "service_code": kind.value,
            "service_name": kind.label,
            "description": f"{kind.label}方面的请求，由居民所在社区受理、派单。",
            "metadata": True,
            "type": "realtime",
            "keywords": ",".join(one.label for one in ServiceCategory if KIND_OF.get(one) == kind)
            or None,
            "group": GROUP,
        }
        for kind in ResidentNeedKind
    ]


@for_anybody
@answering("service_definition")
def service(request: HttpRequest, service_code: str) -> dict[str, Any]:
    """What has to be said with a request of that kind: the community."""
    if service_code not in ResidentNeedKind:
        raise ProblemError(404, UNKNOWN_SERVICE)
    return {
        "service_code": service_code,
        "attributes": [
            {
                "variable": True,
                "code": AREA,
                "datatype": "singlevaluelist",
                "required": True,
                "datatype_description": "社区的12位区划代码",
                "order": 1,
                "description": "居民住在哪个社区",
                "values": [{"key": one.code, "name": one.name} for one in communities()],
            }
        ],
    }


def communities() -> Any:
    """The communities of the portal that exist today."""
    inside = Area.objects.inside(settings.PORTAL_AREA).in_force(timezone.localdate())
    return inside.filter(level=Level.COMMUNITY).order_by("code")
