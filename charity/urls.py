from django.urls import path

from charity import views

urlpatterns = [
    path("charity/", views.ProjectListView.as_view(), name="charity"),
    path("charity/projects/<int:pk>/", views.project_page, name="charity_project"),
    path("charity/resources/", views.ResourceListView.as_view(), name="charity_resources"),
    path("charity/resources/<int:pk>/", views.trace, name="charity_trace"),
]
