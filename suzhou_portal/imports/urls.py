from django.urls import path

from suzhou_portal.imports import account_views, doubts, views

urlpatterns = [
    path("imports/", views.index, name="imports"),
    path("account/open/", account_views.open_accounts, name="open_accounts"),
    path("account/open/template.xlsx", account_views.account_template, name="account_template"),
    path("imports/doubts/", doubts.listed, name="doubts"),
    path("imports/jobs/<int:pk>/", views.job, name="import_job"),
    path("imports/jobs/<int:pk>/problems.csv", views.problems, name="import_problems"),
    path("imports/jobs/<int:pk>/marked.xlsx", views.marked, name="import_marked"),
    path("imports/batches/<int:pk>/undo/", views.undo, name="import_undo"),
    path("imports/<slug:name>/", views.ledger, name="import_ledger"),
    path("imports/<slug:name>/template.xlsx", views.template, name="import_template"),
    path("imports/<slug:name>/export.xlsx", views.export, name="import_export"),
]
