"""M13 双孵化中心, M14 绿色通道, M15 街道备案, M16 政府购买服务, M17 督导评估."""

import datetime

from tests.factories import incubating, organizations

EARLIER = datetime.timedelta(days=99)


def inside(admitted_on, **fields):
    before = admitted_on - EARLIER
    return incubating.IncubateeFactory(
        **{
            "state": "admitted", "applied_on": before, "reviewed_on": before,
            "track": incubating.IncubationTrackFactory(), "admitted_on": admitted_on,
            "ends_on": admitted_on + EARLIER, **fields,
        }
    )  # fmt: skip


def graduated(left_on):
    before = left_on - EARLIER
    return inside(
        before, state="graduated", incubating_on=before, left_on=left_on, outcome="能独立开展活动"
    )


def delivery(delivered_on, tier):
    return incubating.IncubationDeliveryFactory(
        incubatee=inside(delivered_on - EARLIER), service__tier=tier, delivered_on=delivered_on
    )


def decided(decided_on):
    before = decided_on - EARLIER
    return incubating.RegistrationFactory(
        state="approved", applied_on=before, received_on=before, due_on=decided_on,
        decided_on=decided_on, days_taken=9, credit_code="52620902MJX000018H",
    )  # fmt: skip


def filed(filed_on, **fields):
    return incubating.FilingFactory(
        **{
            "state": "filed",
            "applied_on": filed_on,
            "filed_on": filed_on,
            "number": "城北-1",
            **fields,
        }
    )


def registered(ended_on):
    return filed(ended_on - EARLIER, state="registered", ended_on=ended_on)


def completed(completed_on):
    return organizations.PurchasedProjectFactory(
        state="completed", signed_on=completed_on - EARLIER, completed_on=completed_on, result="好"
    )


def payment(paid_on):
    return incubating.PaymentFactory(project__signed_on=paid_on - EARLIER, paid_on=paid_on)


def confirmed(confirmed_on):
    before = confirmed_on - EARLIER
    return incubating.RectificationFactory(
        state="confirmed", demanded_on=before, due_on=before, reported_on=before, result="已补齐",
        confirmed_on=confirmed_on,
    )  # fmt: skip


BEGINS = {
    "incubatees": (inside, "admitted_on"),
    "incubatees_inside": (inside, "admitted_on"),
    "incubatees_graduated": (graduated, "left_on"),
    "basic_deliveries": (lambda delivered_on: delivery(delivered_on, "basic"), "delivered_on"),
    "extended_deliveries": (
        lambda delivered_on: delivery(delivered_on, "extended"),
        "delivered_on",
    ),
    "registrations_decided": (decided, "decided_on"),
    "registration_days_saved": (decided, "decided_on"),
    "filings": (filed, "filed_on"),
    "filings_registered": (registered, "ended_on"),
    "purchase_payments": (payment, "paid_on"),
    "purchases_completed": (completed, "completed_on"),
    "evaluations_made": (organizations.EvaluationFactory, "evaluated_on"),
    "good_evaluations": (organizations.EvaluationFactory, "evaluated_on"),
    "supervision_visits": (incubating.SupervisionVisitFactory, "visited_on"),
    "rectifications": (
        lambda demanded_on: incubating.RectificationFactory(
            demanded_on=demanded_on, due_on=demanded_on
        ),
        "demanded_on",
    ),
    "rectifications_done": (confirmed, "confirmed_on"),
}
