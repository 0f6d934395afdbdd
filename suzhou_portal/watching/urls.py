from django.urls import path

from suzhou_portal.watching import views

urlpatterns = [path("running/", views.running, name="running")]
