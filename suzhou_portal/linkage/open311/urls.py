from django.urls import path, register_converter
from django.urls.converters import StringConverter

from suzhou_portal.linkage.open311 import requests, services
from suzhou_portal.linkage.open311.answers import FORMATS


class Ending(StringConverter):
    """In which format an answer is wanted."""

    regex = "|".join(FORMATS)


register_converter(Ending, "ending")
urlpatterns = [
    path("discovery.<ending:ending>", services.discovery, name="open311_discovery"),
    path("services.<ending:ending>", services.services, name="open311_services"),
    path("services/<slug:service_code>.<ending:ending>", services.service, name="open311_service"),
    path("requests.<ending:ending>", requests.requests, name="open311_requests"),
    path("requests/<int:pk>.<ending:ending>", requests.one, name="open311_request"),
]
