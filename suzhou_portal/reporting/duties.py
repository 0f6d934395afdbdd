"""Which units report which periods: a setting, since districts differ."""

from django.conf import settings

from suzhou_portal.areas.codes import Level, level_of
from suzhou_portal.figures.periods import PeriodKind
from suzhou_portal.figures.registry import Figure, figures


def kinds() -> list[PeriodKind]:
    """Every kind of period that some level reports, shortest first."""
    wanted = {kind for _, kind in settings.REPORTED_PERIODS}
    return [kind for kind in PeriodKind if kind.key in wanted]


def levels(kind: PeriodKind) -> list[Level]:
    """The levels whose units report periods of that kind."""
    return [Level(level) for level, key in settings.REPORTED_PERIODS if key == kind.key]


def is_due(area: str, kind: PeriodKind) -> bool:
    """Whether the unit of that area reports periods of that kind."""
    return level_of(area) in levels(kind)


def reported() -> list[Figure]:
    """The figures a return is about: those that are published. Supporting ones explain them."""
    return [figure for figure in figures.all() if figure.reported]
