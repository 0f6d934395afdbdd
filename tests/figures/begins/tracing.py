"""Where charity's resources went."""

from tests.factories import charity


def allocated(allocated_on):
    return charity.AllocationFactory(state="allocated", allocated_on=allocated_on)


def used(used_on):
    return charity.ResourceUseFactory(
        used_on=used_on, allocation__allocated_on=used_on, allocation__delivered_on=used_on
    )


def disclosed(disclosed_on):
    return charity.DisclosureDutyFactory(
        state="disclosed", disclosed_on=disclosed_on, report="已完成一半"
    )


BEGINS = {
    "charity_allocated": (allocated, "allocated_on"),
    "charity_used": (used, "used_on"),
    "charity_beneficiaries": (used, "used_on"),
    "charity_disclosures": (disclosed, "disclosed_on"),
}
