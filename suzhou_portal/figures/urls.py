from django.urls import path

from suzhou_portal.figures import views

urlpatterns = [
    path("figures/<slug:key>/", views.figure_page, name="figure"),
    path("figures/<slug:key>/rows.csv", views.figure_rows_csv, name="figure_rows_csv"),
    path("data/", views.catalogue, name="catalogue"),
    path("data/catalogue.json", views.catalogue_json, name="catalogue_json"),
    path("data/figures.json", views.figures_json, name="figures_json"),
    path("data/figures.csv", views.figures_csv, name="figures_csv"),
]
