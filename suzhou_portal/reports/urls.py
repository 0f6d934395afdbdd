from django.urls import path

from suzhou_portal.reports import views

urlpatterns = [
    path("reports/", views.report_list, name="reports"),
    path("reports/forms/<int:pk>/", views.filled_form, name="filled_form"),
    path("reports/<str:code>/<str:period>/", views.report_page, name="report"),
    path(
        "reports/<str:code>/<str:period>/report.<str:ending>", views.report_file, name="report_file"
    ),
]
