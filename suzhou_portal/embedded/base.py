"""Django's PostgreSQL engine, starting the embedded cluster at the first connection."""

from django.conf import settings
from django.db.backends.postgresql import base

from suzhou_portal.embedded.cluster import Cluster


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects through the socket of the cluster under PORTAL_STATE, and starts it if it sleeps."""

    def get_connection_params(self):
        cluster = Cluster.under(settings.PORTAL_STATE)
        cluster.ensure_running()
        self.settings_dict["HOST"] = str(cluster.socket_dir)
        return super().get_connection_params()
