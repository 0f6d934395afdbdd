from django.urls import path

from suzhou_portal.reporting import views

urlpatterns = [
    path("returns/", views.returns_page, name="returns"),
    path("returns/<int:pk>/", views.return_page, name="return"),
    path("returns/<int:pk>/<slug:key>/", views.snapshot_page, name="snapshot"),
]
