"""The portal's addresses, and beside each its floor: the same page from constants."""

from django.urls import include, path

from bench import floors, plain

urlpatterns = [
    path("bench/floor/<path:address>", floors.floor),
    path("bench/naive/<str:code>/", floors.naive),
    path("bench/table/<int:size>/", plain.table),
    path("bench/nothing/", floors.nothing),
    path("", include("suzhou_portal.urls")),
]

handler400 = "suzhou_portal.errors.bad_request"
handler403 = "suzhou_portal.errors.permission_denied"
handler404 = "suzhou_portal.errors.page_not_found"
handler500 = "suzhou_portal.errors.server_error"
