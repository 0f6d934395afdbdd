"""备案→孵化→登记: what a filing and a registration do to the one organization they are about."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums.base import OrganizationKind, Origin
from organizations.models import Filing, Incubatee, Registration, SocialOrganization
from suzhou_portal.accounts.guard import may_follow, vouched
from suzhou_portal.calendars import workdays
from suzhou_portal.lifecycle.moves import after, before, take


@before(Filing, "file")
def enter_on_the_register(filing: Filing, by: Any, on: datetime.date) -> None:
    """Enter the organization on the register, or take the entry chosen if it stands within reach."""
    if filing.organization is None:
        filing.organization = _stored(
            filing,
            SocialOrganization(
                area=filing.area,
                name=filing.name,
                kind=OrganizationKind.FILED,
                origin=Origin.INCUBATED,
                joined_on=on,
                field=filing.field,
                contact=filing.contact,
                phone=filing.phone,
                is_demo=filing.is_demo,
            ),
        )
    elif not _reached(filing, filing.organization):
        raise ValidationError(_elsewhere(filing.organization))


@after(Filing, "change")
def change_the_register(filing: Filing, by: Any, on: datetime.date) -> None:
    """Write the changed name and contact into the register."""
    entry = _entry(filing)
    entry.name, entry.contact, entry.phone = filing.name, filing.contact, filing.phone
    _stored(filing, entry)


@before(Filing, "cancel")
def end_after_incubation(filing: Filing, by: Any, on: datetime.date) -> None:
    """Refuse while the organization applies for incubation or is in it."""
    if filing.organization and filing.organization.incubations.open().exists():
        raise ValidationError(
            "这个组织还在申请或孵化中，请先办理“评审不通过”或“退出”，再注销备案。"
        )


@after(Filing, "cancel")
def strike_off_the_register(filing: Filing, by: Any, on: datetime.date) -> None:
    """Note the end in the register; of an entry out of reach, whoever keeps it decides."""
    entry = _entry(filing)
    if _reached(filing, entry):
        entry.deregistered_on = on
        _stored(filing, entry)


@before(Registration, "receive")
def promise_a_day(registration: Registration, by: Any, on: datetime.date) -> None:
    """Fill in by which working day the office promises to decide."""
    registration.due_on = registration.deadlines["due_on"].of(registration)


@before(Registration, "approve", "refuse")
def count_days_taken(registration: Registration, by: Any, on: datetime.date) -> None:
    """Fill in how many working days it took; the day of receipt does not count."""
    if registration.received_on:
        registration.days_taken = workdays.between(registration.received_on, on)


@before(Registration, "approve")
def register_a_legal_person(registration: Registration, by: Any, on: datetime.date) -> None:
    """Make the organization that was filed or incubated a legal person on the register; a new one begins there."""
    registration.credit_code = registration.credit_code.strip().upper()
    entry = registration.organization or SocialOrganization(
        area=registration.area,
        origin=Origin.INCUBATED,
        joined_on=on,
        is_demo=registration.is_demo,
    )
    entry.name, entry.kind = registration.name, registration.kind
    entry.credit_code = registration.credit_code
    registration.organization = _stored(registration, entry)


@after(Registration, "approve")
def end_its_filing(registration: Registration, by: Any, on: datetime.date) -> None:
    """Take the step `register` of the filing that the registration replaces."""
    for filing in Filing.objects.in_state("filed").filter(organization=registration.organization):
        take(filing, "register", on=on, note=f"准予登记为{registration.get_kind_display()}")


@before(Incubatee, "graduate", "withdraw")
def leave_after_all_services(incubatee: Incubatee, by: Any, on: datetime.date) -> None:
    """Refuse a day before a service that was given."""
    if incubatee.deliveries.filter(delivered_on__gt=on).exists():
        raise ValidationError({"left_on": "这一天以后还有孵化服务记录，请核对日期。"})


def _entry(filing: Filing) -> SocialOrganization:
    """What stands on the register, held."""
    return SocialOrganization.objects.select_for_update().get(filings=filing)


def _stored(declaring: Filing | Registration, entry: SocialOrganization) -> SocialOrganization:
    """The entry, kept as the filing or registration declares it. Raises ValidationError where it stands
    elsewhere: whoever may only choose an organization does not write its entry.
    """
    entry.check_rules()
    if not _reached(declaring, entry):
        raise ValidationError(_elsewhere(entry))
    with vouched(declaring):
        entry.save()
    return entry


def _reached(declaring: Filing | Registration, entry: SocialOrganization) -> bool:
    with vouched(declaring):
        return may_follow(entry)


def _elsewhere(entry: SocialOrganization) -> str:
    return f"“{entry}”由{entry.area}登记，须由那里的单位办理；这里不能改动它。"
