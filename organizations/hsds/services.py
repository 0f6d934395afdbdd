"""Services as HSDS says them. A time is text, as people write it: 每周三上午."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from organizations.enums.base import Fee, ServiceCategory
from organizations.hsds.providers import provider, whole_provider
from organizations.hsds.telling import DEMONSTRATION, Telling, filled
from organizations.models import ServiceItem
from suzhou_portal.areas.codes import Level
from suzhou_portal.open_data import identifier

KIND = "service"


def service(one: ServiceItem, told: Telling) -> dict[str, Any]:
    """What is its own, and its organization by its own, as in lists."""
    return filled(
        id=identifier(KIND, one.pk),
        name=one.name,
        alternate_name=one.aliases,
        description=one.summary,
        url=told.absolute(one.get_absolute_url()),
        status="active",  # what is no more offered has no page either
        application_process=one.how_to,
        fees_description=one.fee_note or one.get_fee_display(),
        eligibility_description=one.audience,
        assured_date=one.verified_on.isoformat(),
        last_modified=localtime(one.updated_at).isoformat(timespec="seconds"),
        alert=DEMONSTRATION if one.is_demo else "",
        organization=provider(one, told),
    )


def whole_service(one: ServiceItem, told: Telling) -> dict[str, Any]:
    """With whom to call, where, when, what it costs and what it is about."""
    return service(one, told) | filled(
        organization=whole_provider(one, told),
        phones=[_phone(one)],
        contacts=[{"id": identifier("service-contact", one.pk), "title": one.contact}]
        if one.contact
        else [],
        schedules=[{"id": identifier("service-schedule", one.pk), "description": one.schedule}],
        service_areas=[_area(one, told)],
        service_at_locations=[_place(one, told)],
        languages=[{"id": identifier("service-language", one.pk), "name": "中文", "code": "zh"}],
        cost_options=[_cost(one)],
        required_documents=[
            {"id": identifier("service-document", one.pk), "document": one.what_to_bring}
        ]
        if one.what_to_bring
        else [],
        attributes=[_category(one, told)],
    )


def _phone(one: ServiceItem) -> dict[str, Any]:
    number = identifier("service-phone", one.pk)
    note = "演示号码，无法接通。" if one.is_demo else ""
    return filled(id=number, number=one.phone, type="voice", description=note)


def _area(one: ServiceItem, told: Telling) -> dict[str, Any]:
    return {
        "id": identifier("service-area", one.pk),
        "name": one.area.name,
        "description": f"统计用区划代码{one.area_id}",
        "uri": told.absolute(one.area.get_absolute_url()),
    }


def _place(one: ServiceItem, told: Telling) -> dict[str, Any]:
    """Where it is given. The portal keeps no postal codes: HSDS asks for the word, so it is empty."""
    at = {level: told.name_at(level, one.area_id) for level in Level if level != Level.COUNTRY}
    address = {
        "id": identifier("service-address", one.pk),
        "address_1": one.place,
        "address_2": at[Level.STREET],
        "city": at[Level.CITY],
        "region": at[Level.DISTRICT],
        "state_province": at[Level.PROVINCE],
        "postal_code": "",
        "country": "CN",
        "address_type": "physical",
    }
    location = {
        "id": identifier("service-location", one.pk),
        "location_type": "physical",
        "name": one.place,
        "addresses": [address],
    }
    return {"id": identifier("service-at-location", one.pk), "location": location}


def _cost(one: ServiceItem) -> dict[str, Any]:
    """An amount only where it is certain: what is not free is told in words."""
    free = one.fee == Fee.FREE
    return filled(
        id=identifier("service-cost", one.pk),
        option=one.get_fee_display(),
        currency="cny",
        amount=0 if free else None,
        amount_description=one.fee_note,
    )


def _category(one: ServiceItem, told: Telling) -> dict[str, Any]:
    return {
        "id": identifier("service-category", one.pk),
        "link_id": identifier(KIND, one.pk),
        "link_entity": "service",
        "taxonomy_term": term(ServiceCategory(one.category), told),
    }


def term_id(category: ServiceCategory) -> str:
    """The identifier of a category as a taxonomy term."""
    return identifier(f"category/{category.value}")


def term(category: ServiceCategory, told: Telling) -> dict[str, Any]:
    """A category as a taxonomy term."""
    return {
        "id": term_id(category),
        "code": category.value,
        "name": category.label,
        "description": f"服务类别：{category.label}",
        "taxonomy": "五社联动门户服务类别",
        "language": "zh",
        "term_uri": told.absolute(f"{reverse('services')}?category={category.value}"),
    }
