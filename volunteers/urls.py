from django.urls import path

from volunteers import check_in, join, mine, turnout, views

urlpatterns = [
    path("volunteers/", views.TeamListView.as_view(), name="volunteers"),
    path("volunteers/mine/", mine.mine, name="my_service"),
    path("volunteers/join/", join.join, name="join_volunteers"),
    path("volunteers/join/result/", join.joined, name="joined_volunteers"),
    path("volunteers/certificates/", mine.verify, name="verify_certificate"),
    path("volunteers/activities/<int:pk>/check-in/", check_in.check_in, name="activity_check_in"),
    path("volunteers/system/", views.system, name="volunteer_system"),
    path("volunteers/pairing/", views.pairing_gaps, name="pairing_gaps"),
    path("team-trainings/<int:pk>/turnout/", turnout.turnout, name="training_turnout"),
    path("emergencies/<int:pk>/mobilization/", views.mobilization_list, name="mobilization"),
]
