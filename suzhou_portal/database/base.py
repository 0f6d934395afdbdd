"""Django's PostgreSQL engine, waiting a moment where all connections are taken, and clear about failures."""

import time

import psycopg
from django.db.backends.postgresql import base, features

from suzhou_portal.database import failures

# Seconds between one try and the next: others let theirs go as soon as their requests are answered.
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's, of the versions that the portal is tested with."""

    minimum_database_version = (15,)


class PatientWrapper(base.DatabaseWrapper):
    """Connects as Django does; where the server has no connection left, tries again for three seconds."""

    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params):
        """Raises OperationalError with one line in Chinese that names the setting, and no password."""
        try:
            return self._patiently(conn_params)
        except psycopg.Error as error:
            told = failures.of_connecting(error, self.settings_dict["VARIABLE"])
        # Apart from the cause: its words may repeat the address.
        raise psycopg.OperationalError(told)

    def connect_once(self, conn_params):
        """One try."""
        return super().get_new_connection(conn_params)

    def _patiently(self, conn_params):
        for pause in PAUSES:
            try:
                return self.connect_once(conn_params)
            except psycopg.OperationalError as error:
                if failures.cause(error) != failures.FULL:
                    raise
            time.sleep(pause)
        return self.connect_once(conn_params)


DatabaseWrapper = PatientWrapper  # the name that Django looks for
