from django.urls import path

from suzhou_portal.analysis import saved, views

urlpatterns = [
    path("analysis/", views.analysis, name="analysis"),
    path("analysis/table.<str:ending>", views.analysis_file, name="analysis_file"),
    path("analysis/saved/", saved.save_view, name="save_view"),
    path("analysis/saved/<int:pk>/", saved.saved_view, name="saved_view"),
]
