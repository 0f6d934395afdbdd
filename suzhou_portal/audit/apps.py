from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AuditConfig(AppConfig):
    name = "suzhou_portal.audit"
    verbose_name = "审计日志"

    def ready(self):
        """Every connection tells the database who acts before it writes, and the nightly run makes the
        trail's months.
        """
        from suzhou_portal.audit import parts  # noqa: F401 - registers
        from suzhou_portal.audit.trail import announce_actor

        connection_created.connect(announce_actor, dispatch_uid="audit")
