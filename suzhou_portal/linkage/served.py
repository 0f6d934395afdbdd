"""What requests add to a provider's track record."""

from django.db.models import F, Q

from organizations.track_record import Deeds
from suzhou_portal.linkage.figures import CONTENT
from suzhou_portal.linkage.models import ServiceRequest

SERVED_REQUESTS = Deeds(
    of=ServiceRequest.objects.served,
    counts={
        "requests_served": ("完成服务请求（件）", Q()),
        "requests_late": ("其中超期（件）", Q(done_on__gt=F("promised_on"))),
        "requests_rated": ("居民评价（件）", Q(rated_on__isnull=False)),
        "requests_content": ("其中满意（件）", Q(rated_on__isnull=False) & CONTENT),
        "requests_undone": ("居民说没有办（件）", Q(not_done=True)),
    },
)
