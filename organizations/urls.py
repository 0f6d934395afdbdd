from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from organizations import score_sheet, views
from organizations.hsds import views as hsds

# Each under a plain address, and where whoever knows HSDS looks for it below the base.
DATA: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    ("services", "services", hsds.service_list),
    ("service", "services/<uuid:found>", hsds.service_object),
    ("organizations", "organizations", hsds.organization_list),
    ("organization", "organizations/<uuid:found>", hsds.organization_object),
]

urlpatterns = [
    path("data/hsds/", hsds.base, name="hsds"),
    path("data/hsds/openapi.json", hsds.openapi, name="hsds_openapi"),
    *(path(f"data/{what}.json", view, name=f"open_{name}") for name, what, view in DATA),
    *(path(f"data/hsds/{what}", view, name=f"hsds_{name}") for name, what, view in DATA),
    path("services/", views.ServiceListView.as_view(), name="services"),
    path("services/<int:pk>/", views.ServiceDetailView.as_view(), name="service"),
    path("organizations/", views.OrganizationListView.as_view(), name="organizations"),
    path("organizations/<int:pk>/", views.OrganizationDetailView.as_view(), name="organization"),
    path("organizations/track-records/", views.TrackRecordView.as_view(), name="track_records"),
    path("evaluations/<int:pk>/sheet/", score_sheet.score_sheet, name="score_sheet"),
]
