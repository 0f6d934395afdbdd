from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "suzhou_portal.linkage"
    verbose_name = "联动"

    def ready(self) -> None:
        """Requests served are a part of each provider's track record."""
        from organizations.track_record import deeds
        from suzhou_portal.linkage.served import SERVED_REQUESTS

        deeds.append(SERVED_REQUESTS)
