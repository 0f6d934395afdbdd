from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "suzhou_portal.calendars"
    verbose_name = "工作日历"
