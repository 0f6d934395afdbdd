"""What a request asks about: which division, as of which date."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import path_to, requested_area
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import EARLIEST, default_as_of, latest_demonstration
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import Figure

OFFERED = {PeriodKind.YEAR: 4, PeriodKind.QUARTER: 9, PeriodKind.MONTH: 13}
_KEPT = "_portal_demonstration"


@dataclass(frozen=True)
class Scope:
    """A division, and a date or a period, as asked for.

    `clock` is the day by which a period is over or still running; `clock_given` tells whether it was
    asked for.
    """

    area: Area
    clock: datetime.date
    clock_given: bool
    period: Period | None = None

    @cached_property
    def as_of(self) -> datetime.date:
        """The day figures are of: the period's last, the clock's while it is running or where no
        period is asked for.
        """
        return self.period.until(self.clock) if self.period else self.clock

    @property
    def as_of_given(self) -> bool:
        """Whether another day than the site's may be meant."""
        return self.clock_given or self.period is not None

    @property
    def since(self) -> datetime.date | None:
        """The first day of the period; None where none is asked for."""
        return self.period.first if self.period else None

    def opened(self, chosen: Iterable[Figure], *, inside: bool = False) -> Opened:
        """The figures as asked for; `inside`, their parts one level down too."""
        return door.opened(chosen, self.area.code, self.as_of, since=self.since, inside=inside)

    @cached_property
    def path(self) -> list[Area]:
        """The divisions from the portal's own down to this one."""
        return path_to(self.area)

    def query(self, code: str | None = None) -> str:
        """The query string that asks for this date and period, and for this or another division."""
        return urlencode({"area": code or self.area.code, **self.when})

    @property
    def periods(self) -> list[Period]:
        """What a page may be switched to: of each kind the latest that is over, or the one asked for."""
        asked = {self.period.kind: self.period} if self.period else {}
        return [asked.get(kind) or Period.last_over(self.clock, kind) for kind in PeriodKind]

    @property
    def offered(self) -> list[tuple[str, list[Period]]]:
        """Periods to choose from in a form, by kind, of each the latest first."""
        return [
            (f"按{kind.label}", [*Period.of(self.clock, kind).back(count)][::-1])
            for kind, count in OFFERED.items()
        ]

    @property
    def earlier(self) -> Period | None:
        """The period before the one asked for; None where none is."""
        return self.period.previous() if self.period else None

    @property
    def later(self) -> Period | None:
        """The period after the one asked for, as soon as it has begun."""
        after = self.period.moved(1) if self.period else None
        return after if after and after.first <= self.clock else None

    @property
    def when(self) -> dict[str, str]:
        """What of an address asks for this date and period; empty where neither is asked for."""
        asked = {"as_of": self.clock.isoformat()} if self.clock_given else {}
        return asked | ({"period": str(self.period)} if self.period else {})


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
    asked = request.GET.get("period", "")
    period = requested_period(asked, clock) if asked else None
    return Scope(area, clock, bool(text), period)


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
