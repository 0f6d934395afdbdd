from django.urls import path

from suzhou_portal.dashboards import (
    about,
    beside,
    catalogue,
    elder,
    figure_pages,
    posters,
    sitemaps,
    views,
    wall,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<slug:name>/", views.party_dashboard, name="party_dashboard"),
    path("areas/<str:code>/", views.area_page, name="area"),
    path("areas/<str:code>/resources/", views.resources_page, name="area_resources"),
    path("compare/", beside.side_by_side, name="compare"),
    path("wall/", wall.wall, name="wall"),
    path("figures/<slug:key>/", figure_pages.figure_page, name="figure"),
    path("figures/<slug:key>/rows.csv", figure_pages.figure_rows_csv, name="figure_rows_csv"),
    path("site-map/", about.site_map, name="site_map"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path("services/<int:pk>/poster/", posters.service, name="service_poster"),
    path("open/<slug:name>/<int:pk>/poster/", posters.record, name="poster"),
    path("elder/", elder.switch, name="elder"),
    path("data/", catalogue.catalogue, name="catalogue"),
    path("data/catalogue.json", catalogue.catalogue_json, name="catalogue_json"),
    path("data/figures.json", figure_pages.figures_json, name="figures_json"),
    path("data/figures.csv", figure_pages.figures_csv, name="figures_csv"),
]
