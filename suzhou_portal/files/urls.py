from django.urls import path

from suzhou_portal.files import views

urlpatterns = [path("files/<int:pk>/", views.attachment, name="attachment")]
