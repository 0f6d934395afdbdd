"""All addresses of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from suzhou_portal import well_known
from suzhou_portal.dashboards.gallery import gallery

urlpatterns = [
    path("", include("suzhou_portal.dashboards.urls")),
    path("", include("suzhou_portal.accounts.urls")),
    path("", include("suzhou_portal.files.urls")),
    path("", include("suzhou_portal.desks.urls")),
    path("", include("suzhou_portal.notices.urls")),
    path("", include("suzhou_portal.imports.urls")),
    path("", include("suzhou_portal.merging.urls")),
    path("", include("suzhou_portal.reporting.urls")),
    path("", include("suzhou_portal.reports.urls")),
    path("", include("suzhou_portal.analysis.urls")),
    path("", include("suzhou_portal.watching.urls")),
    path("", include("communities.urls")),
    path("", include("organizations.urls")),
    path("", include("volunteers.urls")),
    path("", include("charity.urls")),
    path("", include("suzhou_portal.linkage.urls")),
    path("admin/", admin.site.urls),
    path("robots.txt", well_known.robots, name="robots_txt"),
    path("apple-touch-icon.png", well_known.touch_icon, name="touch_icon"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
]

if settings.DEBUG:
    urlpatterns.append(path("gallery/", gallery, name="gallery"))

handler400 = "suzhou_portal.errors.bad_request"
handler403 = "suzhou_portal.errors.permission_denied"
handler404 = "suzhou_portal.errors.page_not_found"
handler500 = "suzhou_portal.errors.server_error"
