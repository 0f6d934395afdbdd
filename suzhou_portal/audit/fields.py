"""Columns that say which transaction wrote a row."""

from django.db import models


class TransactionId(models.Field):
    """A transaction's number, which PostgreSQL never uses twice in a cluster."""

    def db_type(self, connection):
        return "xid8"
