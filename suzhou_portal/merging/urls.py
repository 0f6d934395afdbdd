from django.urls import path

from suzhou_portal.merging import views

urlpatterns = [
    path("twins/<slug:kind>/", views.listed, name="twins"),
    path("twins/<slug:kind>/<int:older>/<int:later>/", views.pair, name="twin_pair"),
    path("twins/<slug:kind>/<int:pk>/merged/", views.merged, name="merged_records"),
]
