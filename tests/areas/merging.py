"""A community that is merged into another one today."""

from django.utils import timezone

from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.models import Area
from tests.factories.areas import COMMUNITY, AreaFactory

HEIR = "620902005001"
TODAY = timezone.localdate


def merged(day=None):
    """COMMUNITY and what lies in it end on the day, today unless it is said; HEIR follows."""
    day = day or TODAY()
    heir, ended = AreaFactory(code=HEIR), AreaFactory(code=COMMUNITY)
    Area.objects.inside(COMMUNITY).update(valid_to=day, successor=heir)
    DivisionChange.objects.create(
        kind="merged",
        area=ended,
        other=heir,
        effective_on=day,
        document="某文",
        name_after=ended.name,
    )


def act(somebody, kind, values):
    """Carry out an act, accounts going wherever the page proposes unless it is said; its response."""
    path = f"/divisions/change/?kind={kind}"
    proposed = somebody.client.post(path, values).context["accounts"]
    first = {name: field.initial for name, field in proposed.fields.items()}
    return somebody.client.post(path, {**first, **values, "confirmed": "1"}, follow=True)
