"""`/metrics` for Prometheus: requests over all processes, and the values of all checks.

Read from this machine, or with a token; to anybody else there is no such page.
"""

import hmac
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from suzhou_portal import counting
from suzhou_portal.keeping.backup import version
from suzhou_portal.service.models import CheckState
from suzhou_portal.watching.every import look_at_all

PATH = "/metrics"
PREFIX = "portal"
# What a proxy adds: who comes by one is not this machine, whatever address the proxy has.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
_HERE = ("127.0.0.1", "::1", "")  # blank: by a socket of this machine
_SEVERITY = {CheckState.FINE: 0, CheckState.CAUTION: 1, CheckState.FAULT: 2}


def answers_metrics(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware below that of probes, above those that look at hosts and sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != PATH or request.method != "GET" or not may_read(request):
            return get_response(request)
        request.group = PATH  # type: ignore[attr-defined]
        told = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
        return HttpResponse(as_text(), headers=told)

    return middleware


def may_read(request: HttpRequest) -> bool:
    """Whoever has the token; without one whoever asks on this machine, past all proxies."""
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if given:
        wanted = f"Bearer {settings.METRICS_TOKEN}"
        return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given.encode(), wanted.encode())
    by_proxy = any(name in request.META for name in _FORWARDED)
    return not by_proxy and request.META.get("REMOTE_ADDR", "") in _HERE


def as_text() -> bytes:
    """All of it as Prometheus reads it."""
    registry = CollectorRegistry()
    for collector in (_Requests(), _Checks()):
        registry.register(collector)
    return generate_latest(registry)


class _Requests(Collector):
    """What was counted of requests."""

    def collect(self) -> Iterator[Metric]:
        counted = counting.all_together()
        answers = CounterMetricFamily(
            f"{PREFIX}_requests", "Requests answered.", labels=["group", "status"]
        )
        for (group, status), number in sorted(counted.answers.items()):
            answers.add_metric([group, str(status)], number)
        yield answers
        spent = HistogramMetricFamily(
            f"{PREFIX}_request_seconds", "Seconds until an answer was there.", labels=["group"]
        )
        for group, buckets in sorted(counted.buckets.items()):
            upto, sums = 0, []
            for bound, number in zip([*map(str, counting.BOUNDS), "+Inf"], buckets, strict=True):
                upto += number
                sums.append((bound, upto))
            spent.add_metric([group], sums, counted.seconds[group])
        yield spent


class _Checks(Collector):
    """What every check came to, and its values."""

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily(f"{PREFIX}_info", "The portal's version.", labels=["version"])
        info.add_metric([version()], 1)
        yield info
        state = GaugeMetricFamily(
            f"{PREFIX}_check", "How it stands: 0 fine, 1 caution, 2 fault.", labels=["check"]
        )
        found = look_at_all()
        for one in found:
            state.add_metric([one.check.key], _SEVERITY[one.state])
        yield state
        for one in found:
            for name, value in one.seen.values.items():
                yield GaugeMetricFamily(f"{PREFIX}_{name}", one.check.gauges[name], value)
