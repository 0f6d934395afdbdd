from django.urls import path

from suzhou_portal.accounts import divisions, personnel, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sign-in/", views.sign_in, name="sign_in"),
    path("account/sign-out/", views.sign_out, name="sign_out"),
    path("account/password/", views.PasswordView.as_view(), name="password"),
    path("account/second-factor/", views.second_factor_code, name="second_factor"),
    path("account/second-factor/setup/", views.second_factor_setup, name="second_factor_setup"),
    path("divisions/", divisions.divisions, name="divisions"),
    path("divisions/change/", divisions.division_change, name="division_change"),
    path(
        "divisions/change/<int:pk>/withdraw/",
        divisions.withdraw_division_change,
        name="withdraw_division_change",
    ),
    path("account/confirmations/", personnel.confirmations, name="confirmations"),
]
