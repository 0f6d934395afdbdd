"""Public notices and activities of a division as an Atom feed."""

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import requested_area
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.methods import for_anybody
from suzhou_portal.notices.published import Entry, newest

MOST = 50  # entries, of all kinds together


@for_anybody
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """What became public last in the division and all it contains. Raises BadRequest or Http404."""
    return News(site_as_of(request))(request, code=code)


class News(Feed):
    """The feed, as of a day: nothing was published later than that."""

    feed_type = Atom1Feed
    language = "zh-CN"
    subtitle = "议事公告、机制制度、政府购买服务、评估结果、慈善信息公开和志愿活动。"

    def __init__(self, day: datetime.date) -> None:
        self.day = day

    def get_object(self, request: HttpRequest, code: str) -> Area:
        return requested_area(code)

    def title(self, area: Area) -> str:
        return f"{area.name}五社联动：公告和活动"

    def author_name(self, area: Area) -> str:
        return f"{area.name}五社联动门户"

    def link(self, area: Area) -> str:
        return area.get_absolute_url()

    def items(self, area: Area) -> list[Entry]:
        return newest(area.code, self.day, MOST)

    def item_title(self, item: Any) -> str:
        return f"{item.kind.public.title}：{item.title}"

    def item_description(self, item: Any) -> str:
        """Atom1Feed says of a summary that it is HTML."""
        return escape(item.text)

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_categories(self, item: Any) -> list[str]:
        return [item.kind.public.title]

    def item_pubdate(self, item: Any) -> datetime.datetime:
        day = datetime.datetime.combine(min(item.day, self.day), datetime.time())
        return timezone.make_aware(day)

    def item_updateddate(self, item: Any) -> datetime.datetime:
        return timezone.localtime(item.record.updated_at)
