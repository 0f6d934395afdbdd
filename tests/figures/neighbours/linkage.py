"""Requests of residents."""

from tests.factories.linkage import ServiceRequestFactory, served
from tests.figures.begins.linkage import rated, unmet
from tests.figures.neighbours import DAY, ONE, made

REFUSED = [
    made(ServiceRequestFactory, state=state, closed_on=DAY) for state in ("rejected", "cancelled")
]
WAITING = [made(ServiceRequestFactory, state=state) for state in ("to_dispatch", "accepted")]
UNRATED = [made(served, DAY), made(served, DAY, state="closed", closed_on=DAY)]

NEIGHBOURS = {
    "requests_received": REFUSED,
    "requests_served": [*REFUSED, *WAITING],
    "requests_promised": [made(served, DAY), *WAITING],
    "requests_answerable": UNRATED,
    "requests_on_time": [made(served, DAY), made(served, DAY, asked_on=DAY - ONE, promised_on=DAY - ONE), *WAITING],
    "requests_rated": UNRATED,
    "requests_content": [
        *UNRATED,
        made(rated, DAY, rating=3),
        made(rated, DAY, state="follow_up", rating=None, not_done=True),
        made(rated, DAY, state="follow_up", rating=1),
    ],
    "unmet_requests": [*WAITING, made(ServiceRequestFactory, state="escalated")],
    "matched_requests": [made(unmet, DAY), *WAITING, made(served, DAY)],
    "resident_needs": [
        made(ServiceRequestFactory),
        made(ServiceRequestFactory, channel="visit", state="rejected", closed_on=DAY),
    ],
    "handled_resident_needs": [
        made(served, DAY), made(ServiceRequestFactory, channel="visit", state="accepted"),
    ],
}  # fmt: skip
