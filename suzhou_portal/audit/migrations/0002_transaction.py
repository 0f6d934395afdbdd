from django.db import migrations, models
from django.db.models import Func, Q

import suzhou_portal.audit.fields


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            # Two statements, so that a long trail is not written anew.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE audit_auditentry ADD COLUMN transaction xid8;"
                    "ALTER TABLE audit_auditentry"
                    " ALTER COLUMN transaction SET DEFAULT pg_current_xact_id();",
                    "ALTER TABLE audit_auditentry DROP COLUMN transaction;",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="auditentry",
                    name="transaction",
                    field=suzhou_portal.audit.fields.TransactionId(
                        db_default=Func(function="pg_current_xact_id"),
                        editable=False,
                        null=True,
                        verbose_name="事务",
                    ),
                )
            ],
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                condition=Q(action__in=["create", "change", "delete", "clear"]),
                fields=["transaction"],
                name="audit_written",
            ),
        ),
    ]
