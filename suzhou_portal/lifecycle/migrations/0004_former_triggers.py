from django.db import migrations


class Migration(migrations.Migration):
    """Triggers of former versions, which nobody declares any more and `migrate` did not know as its own:
    they refused steps that were not there yet."""

    dependencies = [("lifecycle", "0003_kept_as_decided")]

    operations = [
        migrations.RunSQL(
            [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in
             ("portal_lifecycle", "portal_by_another", "portal_final")],
            migrations.RunSQL.noop,
        )
    ]  # fmt: skip
