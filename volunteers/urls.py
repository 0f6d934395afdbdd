from django.urls import path

from volunteers import views

urlpatterns = [path("volunteers/", views.TeamListView.as_view(), name="volunteers")]
