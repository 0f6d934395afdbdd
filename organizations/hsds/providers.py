"""Organizations as HSDS says them, and which organization a service has.

A service is provided by an organization of the public register, or by a body of which only the name is
known: a hospital, a community's committee. HSDS asks for an organization either way, so such a body is one
by its name and by the division in which its services stand.
"""

import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from organizations.hsds.telling import DEMONSTRATION, Telling, filled
from organizations.models import ServiceItem, SocialOrganization
from organizations.models.register import SocialOrganizationQuerySet
from organizations.models.services import ServiceItemQuerySet
from suzhou_portal.areas import codes
from suzhou_portal.open_data import identifier, number_in, number_of

KIND = "organization"


def register(day: datetime.date) -> SocialOrganizationQuerySet:
    """The organizations that have a public page."""
    here = SocialOrganization.objects.within(settings.PORTAL_AREA)
    return here.until(day, "joined_on").select_related("area")


def in_register(service: ServiceItem, day: datetime.date) -> SocialOrganization | None:
    """The service's organization where that has a public page; asks nothing of what was read with it."""
    one = service.provider
    known = one and one.joined_on <= day and codes.contains(settings.PORTAL_AREA, one.area_id)
    return one if known else None


def organization_id(service: ServiceItem, day: datetime.date) -> str:
    """The identifier of the service's organization, or of the body of that name."""
    one = in_register(service, day)
    return identifier(KIND, one.pk) if one else _body_id(service)


def _body_id(service: ServiceItem) -> str:
    return identifier(f"provider/{service.provider_name}", codes.number_of(service.area_id))


def provided(listed: ServiceItemQuerySet, found: UUID, day: datetime.date) -> ServiceItemQuerySet:
    """Of these services those of the organization, or of the body, that has the identifier."""
    number = number_in(KIND, found)
    if number is not None:
        return listed.filter(provider__in=register(day).filter(pk=number))
    here = listed.filter(area=codes.code_of(number_of(found))).select_related("provider")
    return listed.filter(pk__in=[one.pk for one in here if organization_id(one, day) == str(found)])


def provider(service: ServiceItem, told: Telling) -> dict[str, Any]:
    """The service's organization: as the register knows it, or by its name alone."""
    one = in_register(service, told.day)
    return organization(one, told) if one else _body(service)


def _body(service: ServiceItem) -> dict[str, Any]:
    return {
        "id": _body_id(service),
        "name": service.provider_name,
        "description": _marked("提供服务的单位，不在社会组织名录中。", service.is_demo),
    }


def organization(one: SocialOrganization, told: Telling) -> dict[str, Any]:
    """What is its own, as in lists."""
    what = one.get_kind_display() + (f"，服务领域：{one.field}" if one.field else "") + "。"
    ended = one.deregistered_on
    gone = f"已于{ended:%Y-%m-%d}注销。" if ended and ended < told.day else ""
    return {
        "id": identifier(KIND, one.pk),
        "name": one.name,
        "description": _marked(what + gone, one.is_demo),
        "legal_status": one.get_kind_display(),
        "uri": told.absolute(one.get_absolute_url()),
    }


def _marked(text: str, is_demo: bool) -> str:
    return text + DEMONSTRATION if is_demo else text


def whole_organization(one: SocialOrganization, told: Telling) -> dict[str, Any]:
    """With where it stands and its credit code; whom to call there is not public."""
    return organization(one, told) | filled(
        locations=[
            {
                "id": identifier("organization-location", one.pk),
                "location_type": "physical",
                "name": one.area.name,
                "external_identifier": one.area_id,
                "external_identifier_type": "统计用区划代码",
            }
        ],
        organization_identifiers=[
            {
                "id": identifier("credit-code", one.pk),
                "identifier_type": "统一社会信用代码",
                "identifier": one.credit_code,
            }
        ]
        if one.credit_code
        else [],
    )


def whole_provider(service: ServiceItem, told: Telling) -> dict[str, Any]:
    """The service's organization, whole where the register knows it."""
    one = in_register(service, told.day)
    return whole_organization(one, told) if one else _body(service)
