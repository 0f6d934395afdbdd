from django.urls import path

from volunteers import views

urlpatterns = [
    path("volunteers/", views.TeamListView.as_view(), name="volunteers"),
    path("volunteers/system/", views.system, name="volunteer_system"),
    path("volunteers/pairing/", views.pairing_gaps, name="pairing_gaps"),
    path("emergencies/<int:pk>/mobilization/", views.mobilization_list, name="mobilization"),
]
