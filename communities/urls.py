from django.urls import path

from communities import views

urlpatterns = [
    path("account/pay/", views.own_pay, name="own_pay"),
    path("areas/<str:code>/structure/", views.structure, name="structure"),
]
