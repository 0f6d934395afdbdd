"""Services and organizations in the words of schema.org, for search engines and assistants that read pages."""

from collections.abc import Callable
from typing import Any

from organizations.enums.base import Fee
from organizations.hsds.telling import DEMONSTRATION
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.areas.models import Area

Absolute = Callable[[str], str]


def described(record: ServiceItem | SocialOrganization, absolute: Absolute) -> dict[str, Any]:
    """What the record's public page says; `absolute` makes a full address of a path."""
    tell: Callable[..., dict[str, Any]] = (
        _service if isinstance(record, ServiceItem) else _organization
    )
    marked = {"disambiguatingDescription": DEMONSTRATION} if record.is_demo else {}
    return {"@context": "https://schema.org"} | tell(record, absolute) | marked


def _service(one: ServiceItem, absolute: Absolute) -> dict[str, Any]:
    telephone = {
        "@type": "ContactPoint",
        "telephone": one.phone,
        "contactType": one.contact or "服务电话",
    }
    price = {"price": "0", "priceCurrency": "CNY"} if one.fee == Fee.FREE else {}
    charged = one.fee_note or one.get_fee_display()
    named = {"alternateName": one.aliases} if one.aliases else {}
    return named | {
        "@type": "GovernmentService",
        "name": one.name,
        "description": one.summary,
        "url": absolute(one.get_absolute_url()),
        "serviceType": one.get_category_display(),
        "areaServed": _area(one.area, absolute),
        "audience": {"@type": "Audience", "audienceType": one.audience},
        "provider": {"@type": "Organization", "name": one.provider_name},
        "availableChannel": {
            "@type": "ServiceChannel",
            "servicePhone": telephone,
            "serviceLocation": {"@type": "Place", "name": one.place},
        },
        "offers": {"@type": "Offer", "description": charged} | price,
    }


def _organization(one: SocialOrganization, absolute: Absolute) -> dict[str, Any]:
    known = {
        "knowsAbout": one.field,
        "identifier": one.credit_code,
        "dissolutionDate": one.deregistered_on and one.deregistered_on.isoformat(),
    }
    return {
        "@type": "NGO",
        "name": one.name,
        "url": absolute(one.get_absolute_url()),
        "location": _area(one.area, absolute),
        **{name: value for name, value in known.items() if value},
    }


def _area(area: Area, absolute: Absolute) -> dict[str, Any]:
    return {
        "@type": "AdministrativeArea",
        "name": area.name,
        "url": absolute(area.get_absolute_url()),
    }
