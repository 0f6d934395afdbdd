"""What a request asks about: which division, as of which date."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import path_to, requested_area
from suzhou_portal.figures.dates import EARLIEST, default_as_of, latest_demonstration
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.figures.periods import Period

_KEPT = "_portal_demonstration"


@dataclass(frozen=True)
class Scope:
    """A division and a date, as asked for; `as_of_given` tells whether the date was.

    Asked for a period, `as_of` is its last day, or the clock's while it is running.
    """

    area: Area
    as_of: datetime.date
    as_of_given: bool
    period: Period | None = None
    asked_on: datetime.date | None = None

    @property
    def clock(self) -> datetime.date:
        """The day by which a period is over or still running."""
        return self.asked_on or self.as_of

    @cached_property
    def path(self) -> list[Area]:
        """The divisions from the portal's own down to this one."""
        return path_to(self.area)

    def query(self, code: str | None = None) -> str:
        """The query string that asks for this date, and for this or another division."""
        query = QueryDict(mutable=True)
        query["area"] = code or self.area.code
        if self.as_of_given:
            query["as_of"] = self.as_of.isoformat()
        if self.period:
            query["period"] = str(self.period)
        return query.urlencode()


def demonstration(request: HttpRequest) -> Demonstration | None:
    """What is demonstrated on this site, looked up once a request."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, latest_demonstration())
    return getattr(request, _KEPT)


def site_as_of(request: HttpRequest) -> datetime.date:
    """The date of all figures on this site where the request names none."""
    return default_as_of(demonstration(request))


def requested_scope(request: HttpRequest, code: str | None = None) -> Scope:
    """The division (from the path, or `?area=`), the date (`?as_of=`) and the period (`?period=`) of a
    request.

    Raises BadRequest or Http404 with a Chinese reason.
    """
    area = requested_area(request.GET.get("area", "") if code is None else code)
    text = request.GET.get("as_of", "")
    clock = _date(text) if text else site_as_of(request)
    if asked := request.GET.get("period", ""):
        period = requested_period(asked, clock)
        return Scope(area, period.until(clock), True, period, clock)
    return Scope(area, clock, bool(text))


def requested_period(text: str, clock: datetime.date) -> Period:
    """A period as an address gives it, which has begun. Raises BadRequest with a Chinese reason."""
    try:
        period = Period.parse(text)
        period.require_begun(clock)
    except ValueError as error:
        raise BadRequest(str(error)) from error
    return period


def _date(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest("日期不正确：请写成 2023-04-30 的形式。") from error
    if not EARLIEST <= day <= timezone.localdate():
        raise BadRequest("日期不正确：不能早于1949年10月1日，也不能晚于今天。")
    return day
