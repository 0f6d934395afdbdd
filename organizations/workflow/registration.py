"""备案→孵化→登记: what a filing and a registration do to the one organization they are about."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums import OrganizationKind, Origin
from organizations.models import Filing, Registration, SocialOrganization
from suzhou_portal.accounts.guard import may_follow, vouched
from suzhou_portal.lifecycle.moves import after, before, take


@before(Filing, "file")
def _onto_the_register(filing: Filing, by: Any, on: datetime.date) -> None:
    """Filed, it stands on the register: the entry chosen, or one of its own."""
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
def _register_follows(filing: Filing, by: Any, on: datetime.date) -> None:
    entry = _entry(filing)
    entry.name, entry.contact, entry.phone = filing.name, filing.contact, filing.phone
    _stored(filing, entry)


@before(Filing, "cancel")
def _nothing_runs(filing: Filing, by: Any, on: datetime.date) -> None:
    if filing.organization and filing.organization.incubations.open().exists():
        raise ValidationError("这个组织还在申请或孵化中，请先办理退出，再注销备案。")


@after(Filing, "cancel")
def _off_the_register(filing: Filing, by: Any, on: datetime.date) -> None:
    entry = _entry(filing)
    if _reached(filing, entry):  # else only the filing ends; who keeps the entry decides about it
        entry.deregistered_on = on
        _stored(filing, entry)


@before(Registration, "receive")
def _clock_starts(registration: Registration, by: Any, on: datetime.date) -> None:
    registration.start_clock(on)


@before(Registration, "refuse")
def _clock_stops(registration: Registration, by: Any, on: datetime.date) -> None:
    registration.stop_clock(on)


@before(Registration, "approve")
def _becomes_a_legal_person(registration: Registration, by: Any, on: datetime.date) -> None:
    """The organization that was filed or incubated goes on as a legal person; a new one begins."""
    registration.stop_clock(on)
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
def _filing_is_over(registration: Registration, by: Any, on: datetime.date) -> None:
    for filing in Filing.objects.in_state("filed").filter(organization=registration.organization):
        take(filing, "register", on=on, note=f"准予登记为{registration.get_kind_display()}")


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
