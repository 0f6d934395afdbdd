"""Which division a request is about: one place that reads, checks and refuses area codes."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import Http404

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import remembered


def requested_area(code: str) -> Area:
    """The division of that code inside the portal's area; the portal's own for an empty code.

    Raises BadRequest for what is no code, Http404 for a division that is not here.
    """
    code = code or settings.PORTAL_AREA
    try:
        codes.level_of(code)
    except ValueError as error:
        raise BadRequest("区划代码不正确：应为2、4、6、9、12或15位数字。") from error
    area = area_of(code)
    if area is None or not codes.contains(settings.PORTAL_AREA, code):
        raise Http404("本门户没有这个地区。")
    return area


def path_to(area: Area) -> list[Area]:
    """The divisions from the portal's own down to this one, itself included."""
    around = [one for one in codes.lineage(area.code) if codes.contains(settings.PORTAL_AREA, one)]
    return remembered(("path", area.code), [Area], lambda: [*Area.objects.filter(code__in=around)])


def area_of(code: str) -> Area | None:
    """The division of that code; None where there is none."""
    return remembered(("area", code), [Area], lambda: Area.objects.filter(pk=code).first())


def names_inside(code: str) -> dict[str, str]:
    """The names of a division and of those one level down, by their codes."""
    near = Q(parent=code) | Q(pk=code)
    return remembered(
        ("names", code), [Area], lambda: dict(Area.objects.filter(near).values_list("pk", "name"))
    )
