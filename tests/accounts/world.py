"""A district with everything in it twice: where a person works, and where that person does not."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.test import Client

from communities.models import CommitteeMember, CommitteeTerm, Mechanism, RuleVersion
from organizations.models import Evaluation, PurchasedProject, ServiceItem, SocialOrganization
from suzhou_portal.accounts.models import User
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.figures.models import Demonstration, PublishedValue
from suzhou_portal.service.models import ServiceRun
from tests.admin.test_admin import FACTORIES, RECORDS, address
from tests.audit.steps import made_up
from tests.factories import (
    figures,
    incubating,
    linkage,
    organizations,
    reporting,
    service,
    volunteering,
)
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import MechanismFactory
from tests.factories.consultation import RuleVersionFactory
from tests.factories.governing import CommitteeMemberFactory, CommitteeTermFactory
from tests.factories.running import ServiceRunFactory
from volunteers.models import VolunteerTeam

NEIGHBOUR = "620902005001"  # a community of another street
ABROAD = "620921001001"  # a community of another district
PHONE = "13900005678"
HELD_AT = {
    Role.STREET: STREET,
    **dict.fromkeys((Role.DISTRICT, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR), DISTRICT),
}
Settled = dict[type[Model], Model]


def settle(code: str, key: int | None = None) -> Settled:
    """One record of every kind in a division (all with the same key, if given).

    One organization provides its services and projects; another evaluates these.
    """
    area = AreaFactory(code=code)
    known = {"area": area} | ({"pk": key} if key else {})
    provider = organizations.SocialOrganizationFactory(**known, contact="孙某某", phone=PHONE)
    project = organizations.PurchasedProjectFactory(**known, provider=provider)
    made = {
        Area: area,
        SocialOrganization: provider,
        PurchasedProject: project,
        Evaluation: organizations.EvaluationFactory(
            project=project, **({"pk": key} if key else {})
        ),
        ServiceItem: organizations.ServiceItemFactory(**known, provider=provider),
        PublishedValue: figures.PublishedValueFactory(**known),
        Demonstration: figures.DemonstrationFactory(**known),
        User: _account(area, key),
        AuditEntry: made_up(
            id=key, action=Action.CHANGE, model="communities.person", area_code=code, note="某某"
        ),
    }
    made |= incubating.all_of_one(project, made[Evaluation], **known)
    made |= service.all_of_one_team(PHONE, **known)
    made |= volunteering.all_of_one_team(made[VolunteerTeam], PHONE, **known)
    made |= linkage.all_of_one_team(made[VolunteerTeam], PHONE, **known)
    made |= _of_which_there_is_one(**known)
    made |= reporting.all_of_one(**known)
    day = SpecialDay(date=f"2030-01-{len(code) % 28 + bool(key) + 1:02d}", name="某某")
    day.save()
    made[SpecialDay] = day
    made[ServiceRun] = ServiceRunFactory(**({"pk": key} if key else {}))
    for model in RECORDS:
        if model not in made:
            masked = getattr(model, "masked", {})
            private = {n: PHONE for n in masked if not model._meta.get_field(n).unique}
            made[model] = record_in(model, **known, **private)
    return made


def _of_which_there_is_one(**known: Any) -> Settled:
    """A community has one of each, so what stands below it stands below this one."""
    mechanism, term = MechanismFactory(**known), CommitteeTermFactory(**known)
    return {
        Mechanism: mechanism,
        RuleVersion: RuleVersionFactory(**known, mechanism=mechanism),
        CommitteeTerm: term,
        CommitteeMember: CommitteeMemberFactory(**known, term=term),
    }


def record_in(model: type[Model], area: Area, **known: object) -> Model:
    """A record in a community, or in a grid or the district of it where such a record stands there."""
    return FACTORIES[model](area=place_of(model, area), **known)


def place_of(model: type[Model], area: Area) -> Area:
    """Where in a community, or around it, such a record stands."""
    factory = FACTORIES[model]
    if getattr(factory, "_in_grids", False):
        return AreaFactory(code=f"{area.code}001")
    return AreaFactory(code=area.code[:6]) if getattr(factory, "_in_districts", False) else area


def _account(area: Area, key: int | None) -> User:
    account = UserFactory(name=f"{area}某某", **({"pk": key} if key else {}))
    AssignmentFactory(user=account, area=area)
    return account


@dataclass
class Staff:
    """Who knocks: a role, or what they are called without one."""

    label: str
    role: Role | None = None

    def account(self, settled: Settled) -> User:
        """The person, entrusted with what is settled."""
        user = UserFactory(username=self.label)
        if self.role is not None:
            AssignmentFactory(user=user, role=self.role, **self._entrusted(settled))
        return user

    def _entrusted(self, settled: Settled) -> dict[str, object]:
        owned = {
            Role.TEAM: {"team": settled[VolunteerTeam]},
            Role.ORGANIZATION: {"organization": settled[SocialOrganization]},
            Role.EVALUATOR: {"organization": settled[Evaluation].evaluator},
        }
        area = AreaFactory(code=HELD_AT.get(self.role, COMMUNITY))
        return {"area": area, **owned.get(self.role, {})}


# Everybody with an account.
WHO = [Staff("unassigned"), *(Staff(role.value, role) for role in Role)]


def signed_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def clerk_of(*codes: str, role: Role = Role.COMMUNITY, **known: object) -> User:
    """A person with that role in each of these divisions."""
    user = UserFactory(**known)
    for code in codes:
        AssignmentFactory(user=user, role=role, area=AreaFactory(code=code))
    return user


def page(response: Any) -> str:
    """The text of an answer, streamed or not."""
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def listed(browser: Client, model: type[Model], **filters: object) -> list[Model]:
    """The records a list shows."""
    response = browser.get(address(model), filters, follow=True)
    return list(response.context["cl"].result_list)


def acting(user: User) -> AbstractContextManager[None]:
    """As within a request of theirs."""
    return trail.acting(lambda: trail.Actor(id=user.pk, name=str(user), user=user))


@contextmanager
def refused() -> Iterator[None]:
    """What is tried inside is not permitted, and is undone."""
    with pytest.raises(PermissionDenied), transaction.atomic():
        yield
