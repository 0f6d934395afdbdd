"""Django's PostgreSQL engine, starting the embedded cluster at the first connection, and again once it is gone."""

import psycopg
from django.conf import settings

from suzhou_portal.database import base, failures
from suzhou_portal.embedded.cluster import Cluster


class DatabaseWrapper(base.PatientWrapper):
    """Connects through the socket of the cluster under PORTAL_STATE, and starts it if it sleeps."""

    def get_connection_params(self):
        cluster = Cluster.under(settings.PORTAL_STATE)
        cluster.ensure_running()
        self.settings_dict["HOST"] = str(cluster.socket_dir)
        return super().get_connection_params()

    def connect_once(self, conn_params):
        """One try, and another once the server runs again where it was killed or stopped."""
        try:
            return super().connect_once(conn_params)
        except psycopg.OperationalError as error:
            if failures.cause(error) == failures.FULL:
                raise
        Cluster.under(settings.PORTAL_STATE).revive()
        return super().connect_once(conn_params)
