from django.urls import path

from organizations import score_sheet, views

urlpatterns = [
    path("services/", views.ServiceListView.as_view(), name="services"),
    path("services/<int:pk>/", views.ServiceDetailView.as_view(), name="service"),
    path("organizations/", views.OrganizationListView.as_view(), name="organizations"),
    path("organizations/<int:pk>/", views.OrganizationDetailView.as_view(), name="organization"),
    path("organizations/track-records/", views.TrackRecordView.as_view(), name="track_records"),
    path("evaluations/<int:pk>/sheet/", score_sheet.score_sheet, name="score_sheet"),
]
