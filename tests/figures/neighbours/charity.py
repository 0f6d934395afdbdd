"""M24 to M26."""

from tests.factories import charity
from tests.figures.neighbours import BEFORE, DAY, ONE, made

REVERSED = {"state": "reversed", "reversed_on": DAY}
NOT_BEGUN = [made(charity.CharityProjectFactory, state="planned")]
NOT_USED = [made(charity.ResourceUseFactory, **REVERSED)]

NEIGHBOURS = {
    "charity_modes": NOT_BEGUN,
    "charity_projects": NOT_BEGUN,
    "charity_fields": NOT_BEGUN,
    "charity_value": [made(charity.CharityResourceFactory, **REVERSED)],
    "foundations": [
        made(charity.PartnershipFactory, long_term=False),
        made(charity.PartnershipFactory, state="talking"),
        made(charity.PartnershipFactory, state="dropped"),
        made(charity.PartnershipFactory, started_on=BEFORE, valid_to=DAY - ONE),
        made(charity.PartnershipFactory, state="ended", started_on=BEFORE, ended_on=DAY - ONE),
    ],
    "charity_allocated": [
        charity.AllocationFactory, made(charity.AllocationFactory, state="withdrawn", allocated_on=DAY),
    ],
    "charity_used": NOT_USED,
    "charity_beneficiaries": NOT_USED,
    "charity_disclosures": [
        charity.DisclosureDutyFactory, made(charity.DisclosureDutyFactory, state="lapsed"),
    ],
}  # fmt: skip
