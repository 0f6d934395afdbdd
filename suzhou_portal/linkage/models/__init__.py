"""Requests of residents, who can serve them, and the codes by which residents are known."""

from suzhou_portal.linkage.models.codes import PhoneCode
from suzhou_portal.linkage.models.faults import PageFault
from suzhou_portal.linkage.models.keys import ApiKey
from suzhou_portal.linkage.models.providers import RequestRules, ServiceCapacity
from suzhou_portal.linkage.models.requests import ServiceRequest

__all__ = ["ApiKey", "PageFault", "PhoneCode", "RequestRules", "ServiceCapacity", "ServiceRequest"]
