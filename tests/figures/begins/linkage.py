"""Requests of residents."""

from functools import partial

from tests.factories import BEGUN
from tests.factories.linkage import ServiceRequestFactory, served

found = partial(ServiceRequestFactory, channel="visit")


def on_time(done_on):
    return served(done_on, promised_on=done_on)


def rated(rated_on, **said):
    return served(
        min(BEGUN, rated_on), **{"state": "rated", "rating": 5, "rated_on": rated_on, **said}
    )


def unmet(unmet_on, **fields):
    known = {"state": "unmet", "asked_on": min(BEGUN, unmet_on), "unmet_on": unmet_on}
    return ServiceRequestFactory(**known | fields)


def matched(unmet_on):
    return unmet(unmet_on, state="dispatched", handler="社区专干")


BEGINS = {
    "requests_received": (ServiceRequestFactory, "asked_on"),
    "requests_served": (served, "done_on"),
    "requests_promised": (on_time, "done_on"),
    "requests_on_time": (on_time, "done_on"),
    "requests_answerable": (rated, "rated_on"),
    "requests_rated": (rated, "rated_on"),
    "requests_content": (rated, "rated_on"),
    "unmet_requests": (unmet, "unmet_on"),
    "matched_requests": (matched, "unmet_on"),
    "resident_needs": (found, "asked_on"),
    "handled_resident_needs": (partial(served, channel="visit"), "done_on"),
}
