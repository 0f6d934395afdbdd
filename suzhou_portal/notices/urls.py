from django.urls import path

from suzhou_portal.notices import events, news, views

urlpatterns = [
    path("notices/", views.inbox, name="notices"),
    path("notices/read/", views.all_read, name="notices_read"),
    path("notices/<int:pk>/", views.opened, name="notice"),
    path("feeds/<str:code>.atom", news.feed, name="feed"),
    path("calendars/<str:code>.ics", events.calendar, name="calendar"),
    path("account/mail/", views.mail, name="mail_address"),
]
