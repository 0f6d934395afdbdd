"""What every page of the site shows around its own content."""

import datetime
from functools import cache

from django.conf import settings
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import area_of
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.caching.followed import remembered
from suzhou_portal.dashboards.elder import elder_of
from suzhou_portal.dashboards.fragments import Fragment, resting_on
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.figures.scope import demonstration, site_as_of
from suzhou_portal.linkage.faults import kept_address
from suzhou_portal.linkage.models import PageFault
from suzhou_portal.links import public_address
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party
from volunteers.models import Emergency

WRITES = (Action.CREATE, Action.CHANGE, Action.DELETE, Action.CLEAR, Action.IMPORT)
# What head, banner and foot of a page show.
FRAME = (Area, Demonstration, Emergency)


def site(request: HttpRequest) -> dict[str, object]:
    """The portal's own division, its date, and what its footer must state."""
    if request.path.startswith("/admin/"):
        return {}
    return {
        "elder": elder_of(request),
        "site_address": public_address(request, "/").rstrip("/"),
        "fault_page": kept_address(request.get_full_path()),
        "updated": lambda: remembered("last write", [], _last_write),
        "site": {
            "frame": _frame(request),
            "area": area_of(settings.PORTAL_AREA),
            "as_of": site_as_of(request),
            "demonstration": demonstration(request),
            "url": settings.PORTAL_URL,
            "parties": list(Party),
            "identity": [(name, text) for name, text in settings.SITE_IDENTITY.items() if text],
        },
    }


def _last_write() -> datetime.datetime | None:
    """When a record was written last, as the trail tells: not when somebody looked, signed in, changed an
    account or said what is wrong on a page.
    """
    # One parameter: a hundred take longer to write than to ask.
    is_record = RawSQL("model = ANY(%s)", [_records()], output_field=BooleanField())
    written = AuditEntry.objects.filter(is_record, action__in=WRITES).order_by("-pk")
    return written.values_list("at", flat=True).first()


@cache
def _records() -> list[str]:
    return [kind.model._meta.label_lower for kind in kinds if kind.model is not PageFault]


def _frame(request: HttpRequest) -> Fragment:
    """Alike for all who have not signed in."""
    user = getattr(request, "user", None)
    return Fragment("") if user is None or user.is_authenticated else resting_on(*FRAME)
