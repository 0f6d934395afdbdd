from django.urls import path

from suzhou_portal.imports import views

urlpatterns = [
    path("imports/", views.index, name="imports"),
    path("imports/<slug:name>/", views.ledger, name="import_ledger"),
    path("imports/<slug:name>/template.xlsx", views.template, name="import_template"),
]
