"""M13 to M17."""

from communities.enums.base import DocumentKind
from organizations.enums.base import Origin
from tests.factories import charity, communities, incubating, organizations
from tests.figures.begins import organizations as begun
from tests.figures.neighbours import BEFORE, DAY, ONE, made

UNSIGNED = dict.fromkeys(("provider", "contract_amount", "signed_on", "starts_on", "ends_on"))
NOT_MADE = {"state": "assigned", "evaluated_on": None, "grade": ""}
LEFT = {"state": "withdrawn", "left_on": DAY - ONE}
REVERSED = {"state": "reversed", "reversed_on": DAY}
DECIDED = {"received_on": BEFORE, "due_on": DAY, "decided_on": DAY, "days_taken": 9}
NOT_BOUGHT = [
    made(organizations.PurchasedProjectFactory, state="procuring", **UNSIGNED),
    made(organizations.PurchasedProjectFactory, state="dropped", **UNSIGNED),
    made(charity.CharityProjectFactory, mode="other"),
]
NOT_PAID = [lambda: paid(**REVERSED)]
NOT_GRANTED = [
    incubating.RegistrationFactory,
    made(incubating.RegistrationFactory, state="refused", **DECIDED, applied_on=BEFORE),
]


def paid(**fields):
    incubating.PaymentFactory(project__signed_on=BEFORE, paid_on=BEFORE, **fields)


def evaluated(**fields):
    organizations.EvaluationFactory(project__signed_on=BEFORE, **fields)


NEIGHBOURS = {
    "organizations": [made(organizations.SocialOrganizationFactory, origin=Origin.OTHER)],
    "purchased_funds": NOT_BOUGHT,
    "purchased_projects": NOT_BOUGHT,
    "purchased_paid": NOT_PAID,
    "purchase_payments": NOT_PAID,
    "evaluated_projects": [organizations.PurchasedProjectFactory, made(evaluated, **NOT_MADE)],
    "service_items": [
        made(organizations.ServiceItemFactory, published_on=BEFORE, withdrawn_on=DAY - ONE)
    ],
    "incubation_services": [made(organizations.IncubationServiceFactory, free=False)],
    "purchase_regulation": [
        made(communities.PolicyDocumentFactory, kind=DocumentKind.VOLUNTEER_GUIDANCE)
    ],
    "incubatees": [
        incubating.IncubateeFactory, made(incubating.IncubateeFactory, state="refused"),
    ],
    "incubatees_inside": [lambda: begun.inside(BEFORE, **LEFT), lambda: begun.graduated(DAY)],
    "incubatees_graduated": [lambda: begun.inside(BEFORE, **LEFT), lambda: begun.inside(BEFORE)],
    "basic_deliveries": [lambda: begun.delivery(DAY, "extended")],
    "extended_deliveries": [lambda: begun.delivery(DAY, "basic")],
    "registrations_decided": NOT_GRANTED,
    "registration_days_saved": NOT_GRANTED,
    "filings": [
        incubating.FilingFactory,
        lambda: begun.filed(BEFORE, state="cancelled", ended_on=DAY),
        lambda: begun.registered(DAY),
    ],
    "filings_registered": [
        lambda: begun.filed(BEFORE), lambda: begun.filed(BEFORE, state="cancelled", ended_on=DAY),
    ],
    "purchases_completed": [
        made(organizations.PurchasedProjectFactory, state="final"),
        made(organizations.PurchasedProjectFactory, state="terminated", terminated_on=DAY),
    ],
    "evaluations_made": [made(evaluated, **NOT_MADE)],
    "good_evaluations": [made(evaluated, **NOT_MADE), made(evaluated, grade="pass")],
    "rectifications_done": [incubating.RectificationFactory],
}  # fmt: skip
ALONE = {
    "supervision_visits": "登记的督导走访每一次都是；承接组织自己的由约束拒绝",
    "rectifications": "提出的整改每一项都是，整改以后仍是",
}
