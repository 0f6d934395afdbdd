from django.urls import path

from suzhou_portal.dashboards import views

urlpatterns = [
    path("", views.home, name="home"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<slug:name>/", views.party_dashboard, name="party_dashboard"),
    path("areas/<str:code>/", views.area_page, name="area"),
    path("areas/<str:code>/resources/", views.resources_page, name="area_resources"),
]
